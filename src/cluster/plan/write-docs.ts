import { writeFileSync } from 'node:fs';
import { planDocs, planJsonSchema } from './docs.ts';

const docs = new URL('../../../docs/', import.meta.url);
writeFileSync(new URL('plan.schema.json', docs), planJsonSchema());
writeFileSync(new URL('plan.md', docs), planDocs());
