import { test } from 'node:test';

/** Tests that build on one another: after one that failed the others fail at once instead of waiting for what cannot come. */
export function steps(): (promise: string, run: () => Promise<void>) => void {
  let broken: string | undefined;
  return (promise, run) => {
    test(promise, async () => {
      if (broken !== undefined) throw new Error(`It builds on "${broken}", which failed`);
      try {
        await run();
      } catch (error) {
        broken = promise;
        throw error;
      }
    });
  };
}
