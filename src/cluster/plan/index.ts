export { type CheckOptions, checkPlan, secretFault } from './check/check-plan.ts';
export type {
  BalancerFacts,
  BalancerServer,
  Frontend,
  FrontendName,
  HealthCheck,
} from './derive/balancer.ts';
export { balancerOf } from './derive/balancer.ts';
export type { DnsFacts, DnsRecord, DnsZone, OmittedName, RecordData } from './derive/dns-record.ts';
export type { Download, DownloadKind, LiveFiles } from './derive/downloads.ts';
export { downloadsOf, filesUrlOf, ignitionPathOf, isLegacyBoot, liveFilesOf } from './derive/downloads.ts';
export { mirrorPrefixOf, registriesOf, registryOf, releaseImageOf } from './derive/images.ts';
export { kernelLineOf, nameServersOf, netbootLineOf } from './derive/kernel-line.ts';
export { becomesOf, installsOf, isSingleNode } from './derive/machines.ts';
export { type Opening, type Party, type PortPurpose, portsOf } from './derive/ports.ts';
export { recordsOf } from './derive/records.ts';
export { reverseNameOf } from './derive/reverse-zones.ts';
export { planErrors } from './errors.ts';
export { isWithin, type ParsedPlan, parsePlan } from './format/parse-plan.ts';
export { type PlanComments, planTextOf } from './init/plan-text.ts';
export { type Answers, faultOfAnswer, type Question, type QuestionId, questions } from './init/questions.ts';
export { addressText, type Block, findAddress, findBlock, isInside, maskOf, overlap } from './ipv4.ts';
export { type Finding, hasErrors, type Issue, type Place, type Severity } from './issue.ts';
export type {
  Architecture,
  Bastion,
  Networks,
  NetworkType,
  Node,
  NodeRole,
  Plan,
  Registry,
  Rhcos,
  SecretFiles,
  ServedBy,
  Version,
} from './model.ts';
export { atLeast, bootstrapOf, hostOf, mastersOf, workersOf, zoneOf } from './model.ts';
export { bootFilesOf } from './render/boot.ts';
export { chronyMachineConfig, type PoolRole } from './render/chrony.ts';
export type { RenderInputs } from './render/inputs.ts';
export { installConfigOf } from './render/install-config.ts';
export { manifestTexts } from './render/manifests.ts';
export { type RenderedFile, renderPlan } from './render/render-plan.ts';
export { type PlanSecrets, type Secret, secretOf } from './secrets.ts';
