import { createFsBlobStore } from '../../../store/index.ts';
import { fileEngine } from './file-engine.ts';

const [root = '', url = ''] = process.argv.slice(2);
const engine = fileEngine({ store: await createFsBlobStore({ root }), stallMs: 60_000 });
const outcome = await engine.take(url);
process.stdout.write(`${JSON.stringify(outcome.evidence)}\n`);
