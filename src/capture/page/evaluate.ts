import { defineErrors } from '../../kernel/index.ts';
import type { CdpSession } from './cdp/connection.ts';

/** The name of the isolated world that the capture's own functions run in, out of the page's reach. */
const worldName = 'holdfast';

export const evaluateErrors = defineErrors('page', {
  scriptFailed: { kind: 'corrupt', message: 'A step in the page failed: {detail}' },
});

interface EvaluateResult {
  result: { value?: unknown; objectId?: string };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** The execution context of our isolated world in a frame. */
export async function worldOf(page: CdpSession, frameId: string): Promise<number> {
  const { executionContextId } = await page.send<{ executionContextId: number }>('Page.createIsolatedWorld', {
    frameId,
    worldName,
  });
  return executionContextId;
}

/** Evaluates an expression in an execution context (the page's own world where none is given); awaits promises. */
export async function evaluate<R>(page: CdpSession, expression: string, contextId?: number): Promise<R> {
  const answer = await page.send<EvaluateResult>('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
    ...(contextId === undefined ? {} : { contextId }),
  });
  if (answer.exceptionDetails) {
    const { text, exception } = answer.exceptionDetails;
    throw evaluateErrors.scriptFailed({ detail: (exception?.description ?? text).slice(0, 500) });
  }
  return answer.result.value as R;
}
