import type { Plan } from '../model.ts';

const node = { disk: 'sda', interface: 'ens192', kernelArguments: [] };

/** The plan of the reference scenario (OpenShift 4.5.9 on hosts with static addresses), as the parser must give it. */
export const referencePlan: Plan = {
  cluster: {
    name: 'openshift4',
    baseDomain: 'example.com',
    version: { text: '4.5.9', major: 4, minor: 5 },
    architecture: 'x86_64',
    fips: false,
    hyperthreading: true,
    mastersSchedulable: true,
  },
  networks: {
    machine: '10.225.45.0/24',
    gateway: '10.225.45.254',
    pods: { cidr: '10.128.0.0/14', hostPrefix: 23 },
    services: '172.30.0.0/16',
    type: 'OpenShiftSDN',
  },
  bastion: {
    name: 'bastion',
    address: '10.225.45.250',
    filesPort: 8080,
    statsPort: 9000,
    serves: { dns: 'holdfast', balancer: 'holdfast', files: 'holdfast', registry: 'external' },
  },
  registry: {
    host: 'registry.openshift4.example.com',
    address: '10.225.45.226',
    port: 443,
    repository: 'ocp4/openshift4',
  },
  nodes: [
    { ...node, name: 'bootstrap', role: 'bootstrap', address: '10.225.45.223', becomes: 'worker1' },
    { ...node, name: 'master1', role: 'master', address: '10.225.45.251' },
    { ...node, name: 'master2', role: 'master', address: '10.225.45.252' },
    { ...node, name: 'master3', role: 'master', address: '10.225.45.222' },
  ],
  balancer: {
    apiAddress: '10.225.45.250',
    ingressAddress: '10.225.45.250',
    ingressNodes: ['master1', 'master2', 'master3'],
  },
  dns: { upstream: ['114.114.114.114'], ttlSeconds: 60 },
  timeServers: [],
  rhcos: { version: { text: '4.5.6', major: 4, minor: 5 }, image: 'rhcos.raw.gz' },
  secrets: { pullSecret: 'pull-secret.json', sshKey: 'id_rsa.pub', trustBundle: 'ssl.cert' },
};
