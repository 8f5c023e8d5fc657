import { planErrors } from '../../errors.ts';
import type { Finding, Path } from '../../issue.ts';
import type { Plan } from '../../model.ts';
import type { Rule, Subject } from '../rule.ts';

const oldDocs = 'installer release-4.5: upi/metal/main.tf';
const newDocs = 'modules/installation-user-infra-machines-static-network.adoc';

/** What the plan writes into every kernel line itself, and the field that it comes from. */
const derived: Readonly<Record<string, string>> = {
  ip: 'nodes',
  nameserver: 'bastion.address',
  'rd.neednet': 'nodes',
  'coreos.inst.install_dev': 'nodes',
  'coreos.inst.ignition_url': 'bastion.filesPort',
  'ignition.config.url': 'bastion.filesPort',
  'ignition.firstboot': 'nodes',
  'ignition.platform.id': 'nodes',
  fips: 'cluster.fips',
  nosmt: 'cluster.hyperthreading',
};

/** Known up to 4.5 alone, where the plan writes them itself. */
const oldNames = ['coreos.inst', 'coreos.inst.image_url'];
/** Known from 4.6 on. */
const isNew = (name: string) =>
  name.startsWith('coreos.live.') ||
  /^coreos\.inst\.(?:insecure|skip_reboot|save_part|platform_id|image_file|stream|append)/.test(name);

/** Each kernel argument that somebody wrote, once where it stands in nodeDefaults. */
function* argumentsOf({
  plan,
  isWritten,
}: Subject): Iterable<{ name: string; argument: string; path: Path }> {
  const seen = new Set<string>();
  for (const [node, { kernelArguments }] of plan.nodes.entries())
    for (const [index, argument] of kernelArguments.entries()) {
      const own = ['nodes', node, 'kernelArguments', index];
      const isOwn = isWritten(own);
      if (!isOwn && seen.has(argument)) continue;
      if (!isOwn) seen.add(argument);
      const path = isOwn ? own : ['nodeDefaults', 'kernelArguments', index];
      yield { name: argument.split('=', 1)[0]!, argument, path };
    }
}

function* matching(
  subject: Subject,
  isMeant: (name: string) => boolean,
  error: (argument: string, plan: Plan) => Finding['error'],
): Iterable<Finding> {
  for (const { name, argument, path } of argumentsOf(subject))
    if (isMeant(name))
      yield { error: error(argument, subject.plan), path, contradicts: ['cluster', 'version'] };
}

/** Rules on kernel arguments that somebody adds. */
export const kernelArgumentRules: readonly Rule[] = [
  {
    name: 'kernel arguments do not say again what the plan says',
    severity: 'error',
    docs: newDocs,
    *find(subject) {
      for (const { name, argument, path } of argumentsOf(subject)) {
        const field = Object.hasOwn(derived, name) ? derived[name] : undefined;
        if (field !== undefined)
          yield {
            error: planErrors.argumentDerived({ argument, field }),
            path,
            contradicts: field.split('.'),
          };
      }
    },
  },
  {
    name: 'the installer’s arguments of 4.5 are derived there',
    severity: 'error',
    until: '4.5',
    docs: oldDocs,
    *find(subject) {
      for (const { name, argument, path } of argumentsOf(subject))
        if (oldNames.includes(name))
          yield {
            error: planErrors.argumentDerived({ argument, field: 'rhcos.image' }),
            path,
            contradicts: ['rhcos', 'image'],
          };
    },
  },
  {
    name: 'the installer’s arguments of 4.5 are not known from 4.6 on',
    severity: 'error',
    since: '4.6',
    docs: newDocs,
    find: (subject) =>
      matching(
        subject,
        (name) => oldNames.includes(name),
        (argument, { cluster }) => planErrors.argumentTooOld({ argument, version: cluster.version.text }),
      ),
  },
  {
    name: 'the live system’s arguments are not known up to 4.5',
    severity: 'error',
    until: '4.5',
    docs: oldDocs,
    find: (subject) =>
      matching(subject, isNew, (argument, { cluster }) =>
        planErrors.argumentTooNew({ argument, version: cluster.version.text }),
      ),
  },
];
