import {
  type Balancer,
  createBalancer,
  type Frontend,
  type LeaveRule,
} from '../../../src/services/lb/index.ts';
import { connectClient, reachMany, type TestClient } from '../../../src/services/lb/testing/client.ts';
import { type StubBackend, type StubMode, startStub } from '../../../src/services/lb/testing/stub-backend.ts';

/** What a host of the namespace test can be asked to do; the answer to each comes as one message. */
export type HostQuestion =
  | { readonly do: 'stub'; readonly name: string; readonly host: string; readonly ports: readonly number[] }
  | { readonly do: 'mode'; readonly port: number; readonly mode: StubMode }
  | { readonly do: 'balance'; readonly frontends: readonly Frontend[]; readonly leave: LeaveRule }
  | { readonly do: 'state' }
  | { readonly do: 'reach'; readonly host: string; readonly port: number; readonly times: number }
  | { readonly do: 'hold'; readonly host: string; readonly port: number }
  | { readonly do: 'talk' };

const stubs = new Map<number, StubBackend>();
let balancer: Balancer | undefined;
let held: TestClient | undefined;

async function answer(question: HostQuestion): Promise<unknown> {
  switch (question.do) {
    case 'stub':
      for (const port of question.ports)
        stubs.set(port, await startStub(question.name, { host: question.host, port, mode: 'refuse' }));
      return;
    case 'mode':
      return stubs.get(question.port)?.set(question.mode);
    case 'balance':
      balancer = createBalancer({ frontends: question.frontends, leave: question.leave });
      return balancer.listen();
    case 'state':
      return balancer?.state().frontends;
    case 'reach':
      return reachMany(question.port, question.times, question.host);
    case 'hold':
      held = await connectClient(question.port, question.host);
      return held.ask('hold');
    case 'talk':
      return held?.ask('still');
  }
}

process.on('message', (question: HostQuestion) => {
  answer(question).then(
    (value) => process.send?.({ value }),
    (error) => process.send?.({ error: String(error) }),
  );
});
