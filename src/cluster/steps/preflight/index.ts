export { findings as preflightFindings } from './findings.ts';
export { lookAtPreflight } from './look.ts';
export { nodeScript } from './node-script/node-script.ts';
export type { NodeScriptWords } from './node-script/words.ts';
export { runPreflight } from './run-preflight.ts';
export type { Group, PreflightOptions, PreflightReport, Row, Status } from './types.ts';
export { groups } from './types.ts';
