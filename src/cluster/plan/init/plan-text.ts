import { type Answers, wordsOf } from './questions.ts';

/** What a written plan says about its parts, one sentence each. */
export interface PlanComments {
  readonly head: string;
  readonly cluster: string;
  readonly networks: string;
  readonly bastion: string;
  readonly registry: string;
  readonly nodes: string;
  readonly dns: string;
  readonly timeServers: string;
  readonly rhcos: string;
  readonly secrets: string;
}

/** The text of a plan for answers that are well written; `schema` is the path of its JSON Schema as editors take it. */
export function planTextOf(answers: Answers, comments: PlanComments, schema: string): string {
  const it = (id: keyof Answers) => answers[id] ?? '';
  const isElsewhere = answers.registryAddress !== answers.bastion;
  return `# yaml-language-server: $schema=${schema}
# ${comments.head}

# ${comments.cluster}
cluster:
  name: ${scalar(it('name'))}
  baseDomain: ${scalar(it('baseDomain'))}
  version: ${scalar(it('version'))}

# ${comments.networks}
networks:
  machine: ${it('machine')}
  gateway: ${it('gateway')}
  pods: { cidr: 10.128.0.0/14, hostPrefix: 23 }
  services: 172.30.0.0/16

# ${comments.bastion}
bastion:
  address: ${it('bastion')}

# ${comments.registry}
registry:
  host: ${it('registryHost')}
${isElsewhere ? `  address: ${it('registryAddress')}\n  repository: ${scalar(it('repository'))}\n` : ''}
nodeDefaults:
  disk: ${scalar(it('disk'))}
  interface: ${scalar(it('interface'))}

# ${comments.nodes}
nodes:
${nodesOf(answers).join('\n')}

# ${comments.dns}
dns:
  upstream: [${wordsOf(it('upstream')).join(', ')}]

# ${comments.timeServers}
timeServers: [${wordsOf(it('timeServers')).join(', ')}]

# ${comments.rhcos}
rhcos:
  version: ${scalar(it('rhcos'))}

# ${comments.secrets}
secrets:
  pullSecret: ${scalar(it('pullSecret'))}
  sshKey: ${scalar(it('sshKey'))}
${isElsewhere ? `  trustBundle: ${scalar(it('trustBundle'))}\n` : ''}`;
}

function nodesOf({ bootstrap = '', masters = '', workers = '' }: Answers): readonly string[] {
  const line = (name: string, role: string, address: string) =>
    `  - { name: ${name}, role: ${role}, address: ${address} }`;
  return [
    ...wordsOf(bootstrap).map((address) => line('bootstrap', 'bootstrap', address)),
    ...wordsOf(masters).map((address, index) => line(`master${index + 1}`, 'master', address)),
    ...wordsOf(workers).map((address, index) => line(`worker${index + 1}`, 'worker', address)),
  ];
}

/** A text as YAML: as it is where that can mean nothing else, else in quotes (a JSON string is one of YAML). */
const scalar = (text: string) =>
  /^[a-z][\w./-]*$/i.test(text) && !/^(?:true|false|null)$/i.test(text) ? text : JSON.stringify(text);
