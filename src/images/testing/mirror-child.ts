import { createFsBlobStore } from '../../store/index.ts';
import { copyImages } from '../copy/copy-images.ts';
import { createRegistry } from '../registry/create-registry.ts';
import { createStoreTarget } from '../stored/store-target.ts';
import { createPlainTransport } from './plain-transport.ts';

// Mirrors the image `host/a/b:v1` into a store, so that a test can kill it.
const [host = '', root = ''] = process.argv.slice(2);
const transport = createPlainTransport();
const target = createStoreTarget({ store: await createFsBlobStore({ root }), name: 'store' });
const source = createRegistry({ transport, plainHttp: true }).source({ host, repository: 'a/b' });
await copyImages({ source, target, roots: [{ reference: 'v1' }] });
transport.close();
