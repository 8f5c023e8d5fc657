import type { Command } from 'commander';
import { findRelease, openPlace } from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { verb } from '../../verb.ts';
import { apiOf, type KubeFlags } from './add-worker.ts';

interface Flags extends KubeFlags {
  readonly apply?: boolean;
}

/** `holdfast cluster upgrade <plan> <version>` */
export function upgradeCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.upgrade;
  return verb('upgrade', t.about, context)
    .argument('<plan>', texts.cluster.plan)
    .argument('<version>', t.release)
    .option('--work <folder>', texts.cluster.work)
    .option('--kubeconfig <file>', texts.cluster.addWorker.kubeconfig)
    .option('--apply', t.apply)
    .action((file: string, version: string, flags: Flags) => upgrade(context, file, version, flags));
}

async function upgrade(context: Context, file: string, version: string, flags: Flags): Promise<void> {
  const { say, note, sayJson, texts } = context;
  const t = texts.cluster.upgrade;
  const { putObjects, stepsErrors } = await import('../../../cluster/steps/index.ts');
  const { registryOf } = await import('../../../cluster/plan/index.ts');
  const { installerConfig, openRelease } = await import('../../../capture/index.ts');
  const place = await openPlace(context, file, flags);
  const { plan } = place;
  const release = await context.withWorkspace(flags, async (workspace) => {
    const kept = await findRelease(workspace, plan, version);
    if (!kept) throw stepsErrors.noInstaller({ version: version.slice(0, 40) });
    return openRelease(workspace.store, kept.digest);
  });
  const mirror = { registry: registryOf(plan), repository: plan.registry.repository };
  // Which object a cluster knows depends on the version that it has, not on the one that it is to get.
  const config = installerConfig({ ...release, version: plan.cluster.version.text }, mirror);
  const { mirrorSet, signatureConfigMap, pullspec } = config;
  // Under a name of our own it takes the place of nobody's.
  const objects = [mirrorSet.replace(/^ {2}name: example$/m, '  name: holdfast')];
  if (signatureConfigMap !== undefined) objects.push(signatureConfigMap);
  const force = signatureConfigMap === undefined ? ' --force' : '';
  const command = `oc adm upgrade --allow-explicit-upgrade --to-image=${pullspec}${force}`;
  let applied: readonly string[] = [];
  if (flags.apply) {
    const api = await apiOf(context, place, flags);
    try {
      applied = await putObjects(api.kube, objects);
    } finally {
      api.close();
    }
  }
  if (flags.json) return sayJson({ version, pullspec, objects, applied, command });
  if (flags.apply) for (const object of applied) say(t.applied(object));
  else say(objects.join('---\n').trimEnd());
  if (signatureConfigMap === undefined) note(t.unsigned);
  note(t.next(command));
}
