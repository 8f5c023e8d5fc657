import type { Rule } from './rule.ts';
import { kernelArgumentRules } from './rules/kernel-arguments.ts';
import { machineRules } from './rules/machines.ts';
import { nameRules } from './rules/names.ts';
import { networkRules } from './rules/networks.ts';
import { podRules } from './rules/pods.ts';
import { pullSecretRules } from './rules/pull-secret.ts';
import { serviceRules } from './rules/services.ts';
import { sshKeyRules } from './rules/ssh-key.ts';
import { trustBundleRules } from './rules/trust-bundle.ts';
import { versionRules } from './rules/versions.ts';

/** Every rule that a plan is checked by. */
export const rules: readonly Rule[] = [
  ...versionRules,
  ...networkRules,
  ...podRules,
  ...nameRules,
  ...machineRules,
  ...serviceRules,
  ...kernelArgumentRules,
  ...pullSecretRules,
  ...sshKeyRules,
  ...trustBundleRules,
];
