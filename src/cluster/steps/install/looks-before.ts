import { stepsErrors } from '../errors.ts';
import { useWithinMs } from '../ignition/index.ts';
import type { LookAt } from './scene.ts';
import { told } from './told.ts';

export const mirror: LookAt = ({ ports, options }) => ports.mirror.look(options);

export const serve: LookAt = ({ ports, options }) => ports.services.look(options);

/** Not made again once bootstrap runs: its stub backends would stand where the cluster does. */
export const preflight: LookAt = async ({ ports, options, skipPreflight, journal }) => {
  if (skipPreflight) return { done: true, evidence: [told('preflightSkipped')] };
  if (journal.steps.bootstrap.state === 'done')
    return { done: true, evidence: journal.steps.preflight.evidence };
  return ports.preflight.look(options);
};

/** Before the first machine runs a fresh generation is made where it must; afterwards there is but the one that they know. */
export const ignition: LookAt = async ({ ports, options, journal }) => {
  const begun = journal.steps.bootstrap.state === 'done';
  const generation = begun ? await ports.ignition.current() : await ports.ignition.ensure(options);
  if (begun && (!generation || generation.id !== journal.generation))
    throw stepsErrors.ignitionInUse({ generation: journal.generation ?? '' });
  if (!generation) throw stepsErrors.noIgnition();
  journal.generation = generation.id;
  journal.kubeconfig = generation.kubeconfig;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    done: true,
    evidence: [
      told('ignitionMade', {
        generation: generation.id,
        useBy: iso(generation.createdAt + useWithinMs),
        expiresAt: iso(generation.expiresAt),
      }),
    ],
  };
};
