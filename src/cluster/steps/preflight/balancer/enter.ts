import { askStub, type StubReply } from '../../stub/ask-stub.ts';
import { speaksTls } from '../../stub/node-stub.ts';
import { findAddress } from '../names/ask.ts';
import type { Scene } from '../types.ts';
import type { Entrance } from './checks.ts';

/** How it went to come in by a name: where the name led (the plan's address where it led nowhere), and what answered. */
export interface Entered {
  readonly address: string;
  readonly reply: StubReply;
}

const timeoutMs = 10_000;

/** Comes in as a client does: asks for the name, connects to where it leads, and asks for a path. */
export async function enter(
  scene: Scene,
  { frontend, name }: Entrance,
  path: string,
  signal: AbortSignal,
): Promise<Entered> {
  const address = (await findAddress(scene, name, signal)) ?? frontend.address;
  const { host, port } = scene.place({ host: address, port: frontend.port });
  const tls = speaksTls(frontend.port);
  return { address, reply: await askStub({ address: host, port, name, tls, path, timeoutMs, signal }) };
}
