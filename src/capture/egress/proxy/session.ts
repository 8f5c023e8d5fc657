import type { Slots } from '../../slots.ts';
import type { PinnedTarget, Refusal } from '../types.ts';
import type { OpenAnswers } from './open-answers.ts';
import type { Outside } from './outside.ts';

/** What the handlers of one proxy share. */
export interface ProxySession {
  readonly outside: Outside;
  readonly slots: Slots;
  readonly answers: OpenAnswers;
  resolve(host: string, port: number): Promise<PinnedTarget>;
  record(refusal: Refusal | undefined): void;
}
