import { defineErrors } from '../../kernel/index.ts';

export const stepsErrors = defineErrors('cluster', {
  badWorkFolder: {
    kind: 'invalid',
    message: 'Work folder "{path}" cannot be used: {fault}',
    hint: 'Name a folder that may be written to with --work',
  },
  renderConflict: {
    kind: 'conflict',
    message: 'In "{path}" these files ({count}) are not as they were rendered: {files}',
    hint: 'Change the plan in place of them; --force replaces them, and another folder with --to leaves them alone',
  },
  unwritableFolder: {
    kind: 'unavailable',
    message: 'Folder "{path}" cannot be written: {detail}',
    hint: 'Check who may write to it, and how much space there is',
  },
  staleState: {
    kind: 'conflict',
    message: 'In "{path}" openshift-install was run by hand: {files}',
    hint: 'It would go on from there, old certificates included. Move the files away, or let --move-stale do it; or name another folder with --work',
  },
  busy: {
    kind: 'conflict',
    message: 'Process {pid} works on this cluster already, in "{path}"',
    hint: 'Let it end, or end it; what was done so far is kept',
  },
  installerMissing: {
    kind: 'notFound',
    message: 'Program "{path}" cannot be started: {detail}',
    hint: 'Take openshift-install out of the mirrored release, or name one for this machine with --installer',
  },
  installerFailed: {
    kind: 'unavailable',
    message: '"{command}" failed: {detail}',
    hint: 'The newest file "*.failed.log" in the folder "generations" of the work folder has all that it said; check the plan',
  },
  badManifest: {
    kind: 'invalid',
    message: 'Manifest "{path}" cannot be added: {fault}',
    hint: 'Give each object a file of its own in YAML or JSON, with a name that openshift-install does not use',
  },
  badIgnition: {
    kind: 'corrupt',
    message: 'Ignition file "{file}" is unusable: {fault}',
    hint: 'Use the openshift-install of the release that the plan names',
  },
  oldCertificates: {
    kind: 'conflict',
    message: 'openshift-install gave certificates of before, which end at {ends}',
    hint: 'Look at the clock of this machine; then make the ignition files again',
  },
  notApplied: {
    kind: 'corrupt',
    message: 'Manifest "{manifest}" is not in the ignition file as it was written',
    hint: 'Use the openshift-install of the release that the plan names',
  },
  noGeneration: {
    kind: 'notFound',
    message: 'Generation "{generation}" of ignition files does not exist',
    hint: 'List those that there are: holdfast cluster ignition --list',
  },
  noIgnition: {
    kind: 'notFound',
    message: 'No ignition files were made for this cluster',
    hint: 'Make them: holdfast cluster ignition <plan>',
  },
  ignitionExpired: {
    kind: 'conflict',
    message: 'The certificates in ignition generation "{generation}" ended at {ended}',
    hint: 'Make others: holdfast cluster ignition <plan>; machines that were begun with the old ones have to be installed again',
  },
  ignitionInUse: {
    kind: 'conflict',
    message: 'Machines were already begun with ignition generation "{generation}"',
    hint: 'With another one they could not join: let the installation end, or begin anew with --new and install every machine again',
  },
  unreadablePlan: {
    kind: 'invalid',
    message: 'Plan "{path}" cannot be read: {detail}',
    hint: 'Name a plan that exists, or let "holdfast cluster init" write one',
  },
  faultyPlan: {
    kind: 'invalid',
    message: 'Plan "{path}" has errors: {count}',
    hint: '"holdfast cluster check {path}" shows each with its place and the mend',
  },
  badKubeconfig: {
    kind: 'invalid',
    message: 'Kubeconfig "{path}" cannot be used: {fault}',
    hint: 'Use the one in the folder "auth" of the generation that the machines were installed with',
  },
  apiUnreachable: {
    kind: 'unavailable',
    message: 'The Kubernetes API at {server} gives no answer: {detail}',
    hint: 'Look at the balancer for port 6443, and whether bootstrap or a master is up',
  },
  apiDenied: {
    kind: 'denied',
    message: 'The Kubernetes API refuses {path} ({status}): {reason}',
    hint: 'Use the kubeconfig of the generation that the machines were installed with',
  },
  apiFailed: {
    kind: 'unavailable',
    message: 'The Kubernetes API answers {path} with status {status}: {reason}',
  },
  apiMalformed: {
    kind: 'corrupt',
    message: 'The Kubernetes API answers {path} with what cannot be understood: {fault}',
    hint: 'Look whether port 6443 leads to the API of this cluster',
  },
  serviceOff: {
    kind: 'conflict',
    message: 'The {service} of this bastion is off, so that "{node}" cannot be told to it',
    hint: 'Tell whoever balances in its place',
  },
  bastionRuns: {
    kind: 'conflict',
    message: 'A bastion runs on the work folder "{folder}" already',
    hint: 'End it first, or name another folder with --work',
  },
  bastionAway: {
    kind: 'unavailable',
    message: 'No bastion runs on the work folder "{folder}"',
    hint: 'Start it: holdfast cluster up plan.yaml',
  },
  bastionRefused: { kind: 'conflict', message: 'The bastion refused: {detail}' },
  noBalancer: {
    kind: 'conflict',
    message: 'The balancer of this bastion is off',
    hint: 'Tell whoever balances in its place',
  },
  probeRuns: {
    kind: 'conflict',
    message: 'Another preflight is reading through the balancer',
    hint: 'Let it end; it takes half a minute at most',
  },
  stubNode: {
    kind: 'invalid',
    message: 'The balancer sends nothing to a node "{node}"',
    hint: 'Name one of these with --node: {known}',
  },
  stubListen: {
    kind: 'unavailable',
    message: 'A stub cannot listen on {address}: {detail}',
    hint: 'Run it on a machine that has the address of the node, with the right to use ports below 1024, before the node itself serves',
  },
  badQuestion: { kind: 'invalid', message: 'A bastion does not know the question "{question}"' },
  badJournal: {
    kind: 'corrupt',
    message: 'The journal "{path}" cannot be read: {fault}',
    hint: 'Move it away: the installation is then looked at from its first step on, and nothing is done twice',
  },
  badKeptPlan: {
    kind: 'corrupt',
    message: 'The plan that is kept at "{path}" cannot be read: {fault}',
    hint: 'Use the plan once more, for example "holdfast cluster status plan.yaml"; it is kept anew then',
  },
  otherCluster: {
    kind: 'conflict',
    message: 'Work folder "{path}" belongs to the installation of "{zone}"',
    hint: 'Name another folder with --work',
  },
  noInstaller: {
    kind: 'notFound',
    message: 'Release {version} is not kept here, so that its openshift-install cannot be taken out of it',
    hint: 'Keep the release with "holdfast add" or bring it in with "holdfast import"; or name a program with --installer',
  },
  noSuchWorker: {
    kind: 'notFound',
    message: 'The plan has no node "{node}"',
    hint: 'Put it into the plan as a worker first',
  },
  notInstalled: {
    kind: 'conflict',
    message: 'No installation of "{zone}" has come as far as a kubeconfig',
    hint: 'Install it first, or name the kubeconfig with --kubeconfig',
  },
  noSuchImage: {
    kind: 'invalid',
    message: 'The plan has no image at "{path}"',
    hint: 'It has: {paths}',
  },
});
