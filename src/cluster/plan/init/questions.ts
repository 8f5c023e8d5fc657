import type { HoldfastError } from '../../../kernel/index.ts';
import { planErrors } from '../errors.ts';
import { type FormatName, formats } from '../format/formats.ts';
import { addressText, findBlock } from '../ipv4.ts';

const ids = [
  'name',
  'baseDomain',
  'version',
  'rhcos',
  'machine',
  'gateway',
  'bastion',
  'registryAddress',
  'registryHost',
  'repository',
  'masters',
  'bootstrap',
  'workers',
  'disk',
  'interface',
  'upstream',
  'timeServers',
  'pullSecret',
  'sshKey',
  'trustBundle',
] as const;

export type QuestionId = (typeof ids)[number];

/** Answers so far; lists are texts with spaces between, and an empty text is none. */
export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

/** One question of `holdfast cluster init`; its sentence stands in the texts. */
export interface Question {
  readonly id: QuestionId;
  readonly format: FormatName;
  /** One word, several with spaces between, or several or none. */
  readonly takes: 'one' | 'several' | 'none';
  /** Where the answer goes in the plan; an issue there asks it again. */
  readonly path: string;
  /** True where nothing else gives the answer. */
  readonly isNeeded: boolean;
  /** False where the answers before make it needless. */
  isAsked(answers: Answers): boolean;
  /** What is taken where nothing is answered; undefined where there has to be an answer. */
  preset(answers: Answers): string | undefined;
}

const always = () => true;
const nothing = () => undefined;
const isElsewhere = ({ registryAddress, bastion }: Answers) => registryAddress !== bastion;
const isSingle = ({ masters = '' }: Answers) => wordsOf(masters).length === 1;

const question = (
  id: QuestionId,
  format: FormatName,
  path: string,
  preset: Question['preset'],
  { takes = 'one', isAsked = always }: Partial<Pick<Question, 'takes' | 'isAsked'>> = {},
): Question => ({ id, format, path, preset, isNeeded: preset === nothing, takes, isAsked });

/** What a plan cannot do without, in the order in which it is asked. */
export const questions: readonly Question[] = [
  question('name', 'notLabel', 'cluster.name', nothing),
  question('baseDomain', 'notDomain', 'cluster.baseDomain', nothing),
  question('version', 'notVersion', 'cluster.version', nothing),
  question('rhcos', 'notVersion', 'rhcos.version', ({ version }) => version),
  question('machine', 'notNetwork', 'networks.machine', nothing),
  question('gateway', 'notAddress', 'networks.gateway', ({ machine = '' }) => {
    const block = findBlock(machine);
    return block && addressText(block.first + 1);
  }),
  question('bastion', 'notAddress', 'bastion.address', nothing),
  question('registryAddress', 'notAddress', 'registry.address', ({ bastion }) => bastion),
  question('registryHost', 'notHost', 'registry.host', (it) => `registry.${it.name}.${it.baseDomain}`),
  question('repository', 'notRepository', 'registry.repository', () => 'ocp4/openshift4', {
    isAsked: isElsewhere,
  }),
  question('masters', 'notAddress', 'nodes', nothing, { takes: 'several' }),
  question('bootstrap', 'notAddress', 'nodes', nothing, { isAsked: (it) => !isSingle(it) }),
  question('workers', 'notAddress', 'nodes', () => '', { takes: 'none', isAsked: (it) => !isSingle(it) }),
  question('disk', 'notDisk', 'nodeDefaults.disk', () => 'sda'),
  question('interface', 'notInterface', 'nodeDefaults.interface', () => 'ens192'),
  question('upstream', 'notAddress', 'dns.upstream', () => '', { takes: 'none' }),
  question('timeServers', 'notTimeServer', 'timeServers', ({ bastion }) => bastion, { takes: 'none' }),
  question('pullSecret', 'notPath', 'secrets.pullSecret', () => 'pull-secret.json'),
  question('sshKey', 'notPath', 'secrets.sshKey', () => 'id_ed25519.pub'),
  question('trustBundle', 'notPath', 'secrets.trustBundle', () => 'ca.pem', { isAsked: isElsewhere }),
];

/** The words of a list. */
export const wordsOf = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((word) => word !== '');

/** What is wrong with an answer; undefined where it is well written. */
export function faultOfAnswer({ id, format, takes }: Question, answer: string): HoldfastError | undefined {
  const words = takes === 'one' ? [answer] : wordsOf(answer);
  if (words.length === 0 && takes === 'several') return planErrors.missing({ field: id });
  const bad = words.find((word) => !formats[format].pattern.test(word));
  return bad === undefined ? undefined : planErrors[format]({ field: id, value: bad.slice(0, 80) });
}
