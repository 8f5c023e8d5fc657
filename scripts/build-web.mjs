// Builds the web interface into dist/web, whether or not its sources changed.
import { findNode24 } from './lib/node24.mjs';
import { ensureWeb } from './lib/web.mjs';

await ensureWeb(findNode24(), { force: true });
