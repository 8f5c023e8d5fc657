import { preflight } from './preflight.ts';

/** English texts of `holdfast cluster`; each verb has its own part. */
export const cluster = {
  about: 'make the bastion of an offline OpenShift installation from one plan file',
  plan: 'the plan, a YAML file (docs/plan.md)',
  work: 'where the installation of the cluster is kept (a folder of the cluster in the data folder)',
  init: {
    about: 'ask what a plan needs and write one',
    to: 'the file to write',
    force: 'overwrite it',
    written: (file: string) =>
      `${file} is written. Put the files of "secrets" beside it, then: holdfast cluster check ${file}`,
    questions: {
      name: 'name of the cluster',
      baseDomain: 'base domain',
      version: 'version of OpenShift, as 4.20.4',
      rhcos: 'version of RHCOS, not newer',
      machine: 'network of the machines, as 10.225.45.0/24',
      gateway: 'gateway of the nodes',
      bastion: 'address of the bastion',
      registryAddress: 'address of the registry; that of the bastion makes it ours',
      registryHost: 'full host name of the registry',
      repository: 'repository of the release in the registry',
      masters: 'addresses of the masters, three or one, with spaces between',
      bootstrap: 'address of bootstrap',
      workers: 'addresses of the workers, or none',
      disk: 'disk of the nodes',
      interface: 'network interface of the nodes',
      upstream: 'DNS servers for other names; none behind an air gap',
      timeServers: 'time servers',
      pullSecret: 'file with the pull secret',
      sshKey: 'file with the public SSH key',
      trustBundle: 'file with the certificate of the registry’s authority (PEM)',
    },
    comments: {
      head: 'A plan of Holdfast: every fact of the installation, once. docs/plan.md has all fields; "holdfast cluster check" checks it.',
      cluster: 'The zone is <name>.<baseDomain>.',
      networks:
        'Pods and services may not overlap the network of the machines, nor anything that pods are to reach.',
      bastion: 'Serves DNS, the balancer, files and, where it stands here, the registry.',
      registry: 'Where nodes pull from; the pull secret needs a login for it.',
      nodes:
        'Masters in the order of their etcd names; bootstrap may become a worker afterwards (becomes: worker1).',
      dns: 'Other names are asked of these; none behind an air gap.',
      timeServers: 'Certificates are refused when clocks differ.',
      rhcos: 'Not newer than the cluster.',
      secrets: 'Files, relative to this one; no secret stands in a plan.',
    },
  },
  check: {
    about: 'report all that is wrong with a plan, with its place and the mend',
    error: 'error',
    warning: 'warning',
    contradicts: (place: string, path: string) => `contradicts ${path} at ${place}`,
    source: (page: string) => `source: ${page}`,
    good: (cluster: string, version: string, nodes: number) =>
      `Good: ${cluster}, OpenShift ${version}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
    count: (errors: number, warnings: number) =>
      `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  },
  render: {
    about: 'write every file of an installation, with nothing left to edit',
    to: 'the folder that the files go into; what else is in it stays',
    force: 'also replace files that were changed by hand since they were rendered',
    secret: 'secret',
    same: 'as before',
    changed: 'changed',
    removed: 'removed, the plan has it no more',
    done: (files: number, folder: string) => `${files} files in ${folder}; begin with RUNBOOK.md`,
  },
  up: {
    leftOut: (lines: number) => `… ${lines} lines were left out, because nobody read them`,
    about: 'serve what the plan leaves to Holdfast: DNS, balancer, files, registry, and the web interface',
    file: 'serve a kept file under a path of the plan, such as rhcos.raw.gz=LINK; may be repeated',
    images: 'where images of RHCOS lie, by the paths in the plan (images in the work folder)',
    without: (services: string) =>
      `leave a service to others, whatever the plan says: ${services}; may be repeated`,
    ready: (cluster: string) => `The bastion of ${cluster} is ready`,
    services: {
      dns: 'DNS       ',
      balancer: 'balancer  ',
      files: 'files     ',
      stats: 'statistics',
      registry: 'registry  ',
      interface: 'interface ',
    },
    noIgnition: (path: string) => `${path} is not made yet: holdfast cluster ignition`,
    noFile: (path: string, file: string) => `${path} is missing: put it at ${file}`,
    expired: (time: string) =>
      `The certificates in this Ignition file ended at ${time}; make new ones: holdfast cluster ignition`,
    health: (backend: string, frontend: string, health: string, detail: string) =>
      `${backend} is ${health} for ${frontend} (${detail})`,
    drained: (backend: string, byItself: boolean) =>
      byItself
        ? `${backend} has left the balancer, the others carry the traffic`
        : `${backend} was taken out of the balancer`,
    enabled: (backend: string) => `${backend} was put back into the balancer`,
    available: (frontend: string, available: boolean) =>
      available ? `${frontend} answers` : `${frontend} has nobody who answers`,
    fetching: (who: string, path: string) => `${who} fetches ${path}`,
    fetched: (who: string, path: string, status: number, complete: boolean) =>
      status >= 400
        ? `${who} was refused ${path} (${status})`
        : complete
          ? `${who} has ${path}`
          : `${who} broke off ${path}`,
    stranger: (who: string, path: string, verdict: string, role: string) =>
      `Not as planned: ${who}${role && ` is ${role} and`} asked for ${path}: ${verdict}`,
    verdicts: {
      'wrong-role': 'that is for another role; look at the Ignition address that was typed',
      'wrong-node': 'that is for another node; look at the address that was typed',
      'unplanned-path': 'the plan gives it no such file',
      'unknown-address': 'no node of the plan has this address; look at the ip= that was typed',
    },
  },
  preflight,
  iso: {
    about: 'make the image that each node boots from without typing, out of an RHCOS ISO',
    to: 'folder for the images, one for each node; needed',
    iso: 'the RHCOS installer ISO (up to 4.5) or live ISO (later); default: the one that the plan names',
    node: 'this node alone; can be given again',
    ways: {
      areas: 'kernel arguments embedded',
      menu: 'boot menu changed by xorriso',
      'menu-and-area': 'boot menu changed by xorriso, config embedded',
    },
    next: 'Give each machine its own image and start it; it installs by itself',
  },
  ignition: {
    about:
      'make the ignition files of a plan: another generation, unless the current one is fresh and of the same plan',
    installer: 'openshift-install to run (the one in the release that is kept here)',
    releaseImage:
      'the release to install in place of the one that the program is for (OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE)',
    manifests: 'a folder with manifests of your own, one object in each file',
    anew: 'make another generation also where machines were begun with the current one',
    list: 'list the generations',
    use: 'make this generation the one that is served',
    moveStale: 'move away what a run of openshift-install by hand left in the work folder',
    made: (id: string) => `Ignition generation ${id}`,
    kept: (id: string) => `Ignition generation ${id} is fresh and of this plan; it stays`,
    current: 'is served',
    beginBy: (time: string) => `begin the installation by ${time}`,
    expires: (time: string) => `certificates end at ${time}`,
    freshness: {
      fresh: 'fresh',
      aging: 'older than 12 hours: make another before you begin',
      expired: 'expired',
    },
    stages: {
      ignitionManifests: 'openshift-install create manifests',
      ignitionApply: 'Putting the plan in',
      ignitionConfigs: 'openshift-install create ignition-configs',
      ignitionVerify: 'Looking at what was made',
    },
    none: 'There are no ignition files yet',
  },
  install: {
    about:
      'drive an installation from the mirror to the console; it may be ended at any moment and goes on when called again',
    skipPreflight: 'go on without the preflight',
    goOn: 'What was done is kept; call it again to go on',
    waitsFor: 'waits for',
    next: 'next',
    approved: (host: string, usage: string) => `Certificate of ${host} approved (${usage})`,
    left: (request: string, reason: string, detail: string) =>
      `Request ${request} left: ${reason} (${detail})`,
    since: (time: string) => `since ${time}`,
    late: 'later than usual',
    certificates: (time: string, freshness: string) => `Certificates end at ${time} (${freshness})`,
    notStarted: 'The installation was not begun',
    finished: 'The installation is finished',
  },
  status: { about: 'tell how far an installation is' },
  addWorker: {
    about:
      'let a worker that was added to the plan join a cluster that stands: tells what to boot, then approves its certificates',
    node: 'the name of the node in the plan',
    kubeconfig: 'the kubeconfig (that of the installation)',
    once: 'look once and end',
    boot: (node: string) => `Boot ${node} with:`,
    ready: (node: string) => `${node} is ready`,
  },
  upgrade: {
    about: 'announce a release that is kept here to a cluster that stands: its mirror and its signature',
    release: 'the version, for example 4.5.10',
    apply: 'put the objects into the cluster; without it they are printed',
    applied: (object: string) => `${object} is in the cluster`,
    next: (command: string) => `Then: ${command}`,
    unsigned: 'No signature of this release is kept, so that the cluster cannot verify it: it takes --force',
  },
};
