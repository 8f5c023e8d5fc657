import { registryOf } from '../../derive/images.ts';
import type { Plan } from '../../model.ts';
import type { RenderInputs } from '../inputs.ts';

const pem = (kind: string) => `-----BEGIN ${kind}-----\nTUlJQg==\n-----END ${kind}-----\n`;

/** What a plan is rendered with in tests; nothing in it is a secret of anybody. */
export const inputsFor = (plan: Plan): RenderInputs => ({
  pullSecret: JSON.stringify({ auths: { [registryOf(plan)]: { auth: 'dXNlcjpwYXNz' } } }, null, 2),
  sshKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBs3 core@bastion\n',
  trustBundle: pem('CERTIFICATE'),
  registryIdentity: { cert: pem('CERTIFICATE'), key: pem('PRIVATE KEY') },
});
