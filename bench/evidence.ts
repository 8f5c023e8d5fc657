import { gatherEvidence } from './evidence/main.ts';

process.exitCode = await gatherEvidence(process.argv.slice(2));
