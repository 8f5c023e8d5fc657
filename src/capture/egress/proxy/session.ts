import type { PinnedTarget, Refusal } from '../types.ts';
import type { Outside } from './outside.ts';
import type { Slots } from './slots.ts';

/** What the handlers of one proxy share. */
export interface ProxySession {
  readonly outside: Outside;
  readonly slots: Slots;
  resolve(host: string, port: number): Promise<PinnedTarget>;
  record(refusal: Refusal | undefined): void;
}
