import { join } from 'node:path';
import type { BastionRequest, RunningBastionServer } from '../cli/index.ts';
import { bootFilesOf, type Plan, zoneOf } from '../cluster/plan/index.ts';
import {
  createIgnition,
  findJournal,
  keepPlan,
  loadPlan,
  openWorkFolder,
  type ServiceName,
  serveControl,
  startBastion,
  workPathIn,
} from '../cluster/steps/index.ts';

import type { Config } from '../config/index.ts';
import { systemClock } from '../kernel/index.ts';
import { lbTexts, localizeError, pickLanguage } from '../texts/index.ts';
import { serve } from './serve.ts';

/** Every service, by its name in a plan. */
const services = ['dns', 'balancer', 'files'] as const satisfies readonly ServiceName[];

/** Starts the bastion of a plan and the server beside it, in this process: all that the plan leaves to Holdfast. */
export async function serveBastion(config: Config, request: BastionRequest): Promise<RunningBastionServer> {
  const read = await loadPlan(request.plan);
  const { plan } = read;
  const work = await openWorkFolder(request.work ?? workPathIn(config.data, zoneOf(plan)));
  await keepPlan(work, read);
  const wanted = new Set(
    services.filter((name) => plan.bastion.serves[name] === 'holdfast' && !request.without.has(name)),
  );
  const withRegistry = plan.bastion.serves.registry === 'holdfast' && !request.without.has('registry');
  const server = await serve(
    withRegistry ? withRegistryOf(plan, config) : config,
    async ({ store, clock }) => {
      const bastion = await startBastion({
        plan,
        work: work.path,
        ignition: {
          async served() {
            // Workers that are added later need a file whose own certificates hold for years.
            const journal = await findJournal(work.journal);
            const installed = (journal?.steps.complete.doneAt ?? null) !== null;
            return createIgnition(work, clock).served({ installed });
          },
        },
        services: wanted,
        imagesFolder: request.images ?? join(work.path, 'images'),
        store,
        images: new Map([...request.files].map(([path, blob]) => [path, { blob }])),
        scripts: bootFilesOf(plan),
        words: {
          stats: (accepted) => lbTexts(pickLanguage(accepted)),
          error: (error) => localizeError(error, request.language).message,
          expired: request.expired,
        },
        clock: systemClock,
        onEvent: request.onEvent,
      });
      const endControl = await serveControl(bastion, work.path).catch(async (error) => {
        await bastion.stop();
        throw error;
      });
      return {
        bastion,
        cluster: { zone: zoneOf(plan), work: work.path, bastion },
        async stop() {
          await endControl();
          await bastion.stop();
        },
      };
    },
  );
  return { ...server, cluster: zoneOf(plan), bastion: await server.beside.bastion.state() };
}

/** The registry where the plan has it, under the name that nodes pull by; what the operator has set stays. */
function withRegistryOf({ registry }: Plan, config: Config): Config {
  const { registryListen, registryNames } = config;
  return {
    ...config,
    registryListen: registryListen ?? { host: registry.address, port: registry.port },
    registryNames: registryNames.length > 0 ? registryNames : [registry.host, registry.address],
  };
}
