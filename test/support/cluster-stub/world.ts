import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hostOf, mastersOf, type Plan } from '../../../src/cluster/plan/index.ts';
import { type FileFetch, type Look, told } from '../../../src/cluster/steps/index.ts';
import { type KubeStub, startKubeStub } from './kube-stub.ts';
import { clientRequest, servingRequest } from './node-requests.ts';

/** Bastion, machines and cluster of an installation, played from the first boot to the last operator. */
export interface World {
  /** Where the bastion's side is asked; see `world-ports.ts`. */
  readonly url: string;
  readonly kube: KubeStub;
  /** Names of the requests that were approved, in order. */
  readonly approved: string[];
  /** How far the play is. */
  readonly scene: number;
  readonly scenes: number;
  stop(): Promise<void>;
}

const requests = '/apis/certificates.k8s.io/v1beta1/certificatesigningrequests';
const config = '/apis/config.openshift.io/v1';
const condition = (type: string, isTrue: boolean, message = '') => ({
  type,
  status: isTrue ? 'True' : 'False',
  message,
});

/**
 * Starts the play. It moves on by one scene each time somebody asks who fetched what, where that scene's time has come; what a
 * person does (boots machines) it does itself. `work` is the folder in which ignition files appear.
 */
export async function startWorld(plan: Plan, work: string): Promise<World> {
  const kube = await startKubeStub();
  kube.isUp = false;
  const fetches: FileFetch[] = [];
  const approved: string[] = [];
  const drains: string[] = [];
  kube.onPut = (path) => approved.push(path.split('/').at(-2)!);
  const address = (name: string) => plan.nodes.find((node) => node.name === name)!.address;
  const boots = (at: string, path: string, asPlanned = true) =>
    fetches.push({ address: at, path, at: Date.now(), asPlanned });
  const node = (name: string, isReady: boolean) =>
    kube.set('/api/v1/nodes', {
      metadata: { name: hostOf(plan, name) },
      status: { conditions: [condition('Ready', isReady, isReady ? '' : 'no network plugin yet')] },
    });
  const operator = (name: string, isUp: boolean) =>
    kube.set(`${config}/clusteroperators`, {
      metadata: { name },
      status: { conditions: [condition('Available', isUp), condition('Degraded', !isUp, 'no route yet')] },
    });
  const version = (isUp: boolean) =>
    kube.set(`${config}/clusterversions`, {
      metadata: { name: 'version' },
      status: {
        desired: { version: plan.cluster.version.text, image: '' },
        conditions: [condition('Available', isUp), condition('Progressing', !isUp, 'Working towards it')],
      },
    });
  const worker = hostOf(plan, 'worker1');
  const workerAddress = address('bootstrap');
  const asks = async (name: string, spec: object) => kube.set(requests, { metadata: { name }, spec });
  const masters = mastersOf(plan);

  type SceneOf = readonly [when: () => boolean, play: () => unknown];
  const always = () => true;
  const scenes: readonly SceneOf[] = [
    [() => existsSync(join(work, 'current')), () => boots('10.225.45.99', 'ignition/bootstrap.ign', false)],
    [always, () => boots(address('bootstrap'), 'ignition/bootstrap.ign')],
    [
      always,
      () => {
        kube.isUp = true;
      },
    ],
    [always, () => masters.map((it) => boots(it.address, 'ignition/master.ign'))],
    [always, () => masters.map((it) => node(it.name, false))],
    [always, async () => asks('csr-early', await clientRequest(worker))],
    [always, () => masters.map((it) => node(it.name, true))],
    [
      always,
      () =>
        kube.set('/api/v1/namespaces/kube-system/configmaps', {
          metadata: { name: 'bootstrap' },
          data: { status: 'complete' },
        }),
    ],
    [() => drains.length > 2, () => undefined],
    [always, () => boots(workerAddress, 'ignition/worker.ign')],
    [
      always,
      async () => {
        await asks('csr-evil', await clientRequest('evil.openshift4.example.com'));
        await asks('csr-takeover', await clientRequest(hostOf(plan, 'master1')));
        const serving = await servingRequest(hostOf(plan, 'api'), workerAddress);
        await asks('csr-wrong', { ...serving, username: `system:node:${worker}` });
      },
    ],
    [() => approved.includes('csr-early'), () => node('worker1', false)],
    [always, async () => asks('csr-serving', await servingRequest(worker, workerAddress))],
    [() => approved.includes('csr-serving'), () => node('worker1', true)],
    [always, () => version(false)],
    [always, () => ['console', 'ingress', 'network'].map((name) => operator(name, name === 'network'))],
    [always, () => ['console', 'ingress'].map((name) => operator(name, true))],
    [always, () => version(true)],
    [
      always,
      () =>
        kube.set('/apis/route.openshift.io/v1/namespaces/openshift-console/routes', {
          metadata: { name: 'console' },
          spec: { host: 'console-openshift-console.apps.openshift4.example.com' },
        }),
    ],
  ];
  let at = 0;
  const advance = async () => {
    const scene = scenes[at];
    if (!scene?.[0]()) return;
    at++;
    await scene[1]();
  };

  let preflights = 0;
  const answer = async (path: string): Promise<unknown> => {
    const done = (...evidence: ReturnType<typeof told>[]): Look => ({ done: true, evidence });
    if (path === '/mirror') return done(told('releaseMirrored', { release: '4.5.9', images: 110 }));
    if (path === '/services') return done(told('servicesUp', { services: 'dns, balancer, files' }));
    if (path === '/preflight') {
      const fault = told('preflightFault', { check: 'dns', detail: 'api has no address' });
      return preflights++ === 0
        ? { done: false, waitsFor: [fault] }
        : done(told('preflightPassed', { checks: 40 }));
    }
    if (path.startsWith('/drain/')) {
      const name = path.slice('/drain/'.length);
      drains.push(name);
      const sessions = Math.max(0, 3 - drains.length);
      if (sessions > 0) return { done: false, waitsFor: [told('sessionsAwaited', { node: name, sessions })] };
      return done(told('drained', { node: name }));
    }
    await advance();
    return fetches;
  };
  const server = createServer((request, response) => {
    answer(request.url ?? '').then(
      (value) => response.end(JSON.stringify(value)),
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kube,
    approved,
    get scene() {
      return at;
    },
    scenes: scenes.length,
    async stop() {
      server.closeAllConnections();
      server.close();
      await kube.stop();
    },
  };
}
