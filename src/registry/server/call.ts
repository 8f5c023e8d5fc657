import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BufferPool, Logger } from '../../kernel/index.ts';
import type { BlobStore, OpensBlobs } from '../../store/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Identity, Policy } from '../types.ts';
import type { Identify } from './identify.ts';
import type { Limits } from './limits.ts';
import type { Uploads } from './uploads.ts';

/** What the server is made of. */
export interface RegistryDeps {
  readonly catalog: Catalog;
  readonly store: BlobStore & OpensBlobs;
  readonly policy: Policy;
  readonly identify: Identify;
  readonly logger: Logger;
  readonly limits?: Partial<Limits>;
}

/** What the answers share. */
export interface Shared {
  readonly catalog: Catalog;
  readonly store: BlobStore & OpensBlobs;
  readonly policy: Policy;
  readonly uploads: Uploads;
  readonly buffers: BufferPool;
  readonly limits: Limits;
}

/** One request whose sender may do what it asks for. */
export interface Call extends Shared {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly identity: Identity;
}

/** A call on one repository, whose name is checked. */
export interface RepositoryCall extends Call {
  readonly repository: string;
}

/** A call on a part of a repository; `reference` is not checked. */
export interface ReferenceCall extends RepositoryCall {
  readonly reference: string;
}
