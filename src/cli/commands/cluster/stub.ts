import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../../context.ts';
import { verb } from '../../verb.ts';

interface Flags extends GlobalFlags {
  readonly node: string;
}

/** `holdfast cluster stub <plan> --node <name>` */
export function stubCommand(context: Context): Command {
  const t = context.texts.cluster.preflight.stub;
  return verb('stub', t.about, context)
    .argument('<plan>', context.texts.cluster.plan)
    .requiredOption('--node <name>', t.node)
    .action((file: string, flags: Flags) => standIn(context, file, flags));
}

async function standIn({ io, texts, say }: Context, file: string, { node, json }: Flags): Promise<void> {
  const t = texts.cluster.preflight.stub;
  const { loadPlan, startNodeStub } = await import('../../../cluster/steps/index.ts');
  const { plan } = await loadPlan(resolve(io.cwd, file));
  const stub = await startNodeStub({
    plan,
    node,
    onRequest: (port, from) =>
      say(json ? JSON.stringify({ event: 'asked', port, from }) : t.asked(port, from)),
  });
  if (json) say(JSON.stringify({ event: 'ready', node, listening: stub.listening }));
  else {
    for (const { host, port } of stub.listening) say(`  ${host}:${port}`);
    say(t.ready(node));
  }
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  await stub.stop();
}
