import type { EgressProxy } from '../../egress/index.ts';
import type { CdpConnection } from '../cdp/connection.ts';

/** A browser that serves one capture and then ends. */
export interface CaptureBrowser {
  readonly connection: CdpConnection;
  readonly proxy: EgressProxy;
  /** For example `Chrome/156.0.8078.73`. */
  readonly product: string;
  /** The user agent that pages are shown: that of the ordinary browser. */
  readonly userAgent: string;
  /** False where it was started without Chromium's own sandbox; of a browser that ran already nothing is known. */
  readonly sandboxed?: boolean;
  /** The context that the capture's page is to be made in; absent where the whole browser is ours. */
  readonly contextId?: string;
  /** Ends it with everything that it started. */
  close(): Promise<void>;
}
