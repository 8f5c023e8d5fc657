import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 120_000;

/** Looks again and again until what is seen equals what is wanted; in the end the difference is the failure's message. */
export async function eventually<T>(look: () => Promise<T>, wanted: T, message?: string): Promise<void> {
  await until(async () => assert.deepEqual(await look(), wanted, message));
}

/** Repeats checks until they pass, and throws what the last one threw. */
export async function until(check: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(100);
  }
}
