import { echoPath, findStubWord, newToken } from '../../stub/token.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, shown, warning } from '../verdict.ts';
import type { Entrance } from './checks.ts';
import { type Entered, enter } from './enter.ts';

/**
 * Comes in through a balancer that is not Holdfast's. Nothing can be put behind it, so that only what stubs on the nodes
 * answer (`holdfast cluster stub`) proves the way; without one it is told that the port is open and no more.
 */
export async function throughOthers(scene: Scene, entrance: Entrance, signal: AbortSignal): Promise<Verdict> {
  const { frontend, name } = entrance;
  const planned = frontend.servers.map((server) => server.name);
  const seen = new Set<string>();
  let last: Entered | undefined;
  // Twice as often as there are servers, since balancers take them in turn, or by chance.
  for (let tries = planned.length * 2; tries > 0 && seen.size < planned.length; tries--) {
    const token = newToken();
    last = await enter(scene, entrance, echoPath(token), signal);
    if (last.reply.kind !== 'said') break;
    const word = findStubWord(last.reply.text);
    if (word?.token !== token) break;
    if (word.port !== frontend.port || !planned.includes(word.name))
      return failed(
        findings.wrongStub({
          port: frontend.port,
          node: word.name,
          itsPort: word.port,
          planned: planned.join(', '),
        }),
      );
    seen.add(word.name);
  }
  const missing = planned.filter((node) => !seen.has(node));
  if (missing.length === 0) return passed(findings.stubsRead({ nodes: planned.join(', ') }));
  if (seen.size > 0)
    return warning(findings.someStubsRead({ nodes: [...seen].join(', '), missing: missing.join(', ') }));
  const { address = '', reply } = last ?? {};
  const at = { name, address, port: frontend.port, planned: frontend.address };
  if (!reply || reply.kind === 'said')
    return warning(findings.notOurStub({ port: frontend.port, status: reply?.status ?? 0 }));
  const detail = shown(reply.detail);
  if (reply.kind === 'closed' || reply.kind === 'other')
    return warning(findings.onlyOpen({ port: frontend.port, missing: missing.join(', ') }));
  return failed(findings.portShut({ ...at, detail }));
}
