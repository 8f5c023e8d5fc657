import { connect } from 'node:net';
import { hasCode } from '../../../kernel/index.ts';
import { bootstrapOf, type Plan } from '../../plan/index.ts';
import { type BastionControl, type BastionState, connectBastion } from '../bastion/index.ts';
import { told } from './told.ts';
import type { Services } from './types.ts';

const names = ['dns', 'balancer', 'files'] as const;
const apiPort = 6443;

/** The services of a plan as the bastion has them that runs on the work folder (`holdfast cluster up`); others are asked to people. */
export function bastionServices(plan: Plan, work: string): Services {
  const ours = names.filter((name) => plan.bastion.serves[name] === 'holdfast');
  const reach = async (): Promise<{ control: BastionControl; state: BastionState } | undefined> => {
    try {
      const control = await connectBastion(work);
      return { control, state: await control.state() };
    } catch (error) {
      if (hasCode(error, 'cluster.bastionAway')) return undefined;
      throw error;
    }
  };
  const away = {
    done: false,
    waitsFor: [told('serviceDown', { services: ours.join(', ') })],
    next: told('serveNext'),
  } as const;

  return {
    async look() {
      if (ours.length === 0) return { done: true, evidence: [told('servicesUp', { services: '-' })] };
      const bastion = await reach();
      if (!bastion) return away;
      const down = ours.filter((name) => !bastion.state.listening[name]);
      if (down.length > 0) return { ...away, waitsFor: [told('serviceDown', { services: down.join(', ') })] };
      return { done: true, evidence: [told('servicesUp', { services: ours.join(', ') })] };
    },

    async drain(name) {
      if (plan.bastion.serves.balancer !== 'holdfast') {
        const machine = bootstrapOf(plan);
        if (!machine || !(await answers(machine.address)))
          return { done: true, evidence: [told('drained', { node: name })] };
        return {
          done: false,
          waitsFor: [told('sessionsAwaited', { node: name, sessions: 1 })],
          next: told('drainNext', { node: name, address: machine.address }),
        };
      }
      const bastion = await reach();
      if (!bastion) return away;
      await bastion.control.drain(name);
      const { balancer } = await bastion.control.state();
      const backends = (balancer?.frontends ?? []).flatMap((frontend) =>
        frontend.backends.filter((one) => one.name === name),
      );
      const sessions = backends.reduce((sum, one) => sum + one.sessions, 0);
      // Its control plane is gone; who watches for minutes over it does not hold the installation up.
      if (backends.every(({ drained }) => drained))
        return { done: true, evidence: [told('drained', { node: name, sessions })] };
      return { done: false, waitsFor: [told('sessionsAwaited', { node: name, sessions })] };
    },

    async fileFetches() {
      if (plan.bastion.serves.files !== 'holdfast') return undefined;
      const bastion = await reach();
      return (bastion?.state.files?.fetches ?? [])
        .filter(({ method }) => method === 'GET')
        .toReversed()
        .map(({ address, servedPath, at, verdict }) => ({
          address,
          path: servedPath.replace(/^\/+/, ''),
          at,
          asPlanned: verdict === 'as-planned' || verdict === 'unjudged',
        }));
    },
  };
}

/** True where somebody takes connections at the port of the Kubernetes API. */
function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: address, port: apiPort, timeout: 2000 });
    const end = (is: boolean) => {
      socket.destroy();
      done(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
