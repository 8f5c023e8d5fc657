import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { stepsErrors } from '../errors.ts';
import { controlSocket } from './control-socket.ts';
import type { BalancerProbe, BastionControl, BastionState } from './types.ts';

const answerMs = 10_000;

/** Reaches the bastion that runs on a work folder; throws `cluster.bastionAway` where none does. */
export async function connectBastion(work: string): Promise<BastionControl> {
  const ask = async (method: string, path: string): Promise<unknown> => {
    const { status, body } = await exchange(controlSocket(work), method, path).catch((cause) => {
      throw stepsErrors.bastionAway({ folder: work }, { cause });
    });
    const value: unknown = JSON.parse(body);
    if (status === 200) return value;
    throw stepsErrors.bastionRefused({ detail: String((value as { error?: unknown }).error) });
  };
  await ask('GET', '/state');
  const named = (node: string) => `node=${encodeURIComponent(node)}`;
  return {
    state: async () => (await ask('GET', '/state')) as BastionState,
    async drain(node, deadlineMs) {
      await ask(
        'POST',
        `/drain?${named(node)}${deadlineMs === undefined ? '' : `&deadlineMs=${deadlineMs}`}`,
      );
    },
    async enable(node) {
      await ask('POST', `/enable?${named(node)}`);
    },
    probe: async () => (await ask('POST', '/probe')) as BalancerProbe,
    async endProbe() {
      await ask('DELETE', '/probe');
    },
    async refresh() {
      await ask('POST', '/refresh');
    },
  };
}

function exchange(
  socketPath: string,
  method: string,
  path: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, timeout: answerMs }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.end();
  });
}
