export { type OpenedRepository, type OpenedSource, openSource } from './open-source.ts';
export { mirrorRepository, type OpenedTarget, openTarget } from './open-target.ts';
export { type ImagePlace, isPlace, parsePlace } from './parse-place.ts';
export { recognisePlace } from './recognise.ts';
