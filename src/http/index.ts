export { createHttpApp } from './app.ts';
export type { Change, ChangeFeed, HttpConfig, HttpDeps, ReplayDeps } from './deps.ts';
export { httpErrors } from './errors.ts';
export { isLoopbackAddress } from './guard/peer.ts';
export type { Listening, ListenOptions } from './listen.ts';
export { listen } from './listen.ts';
export { createReplayApp } from './replay/app.ts';
