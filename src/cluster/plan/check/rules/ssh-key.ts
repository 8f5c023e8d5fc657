import { planErrors } from '../../errors.ts';
import type { Finding, Path } from '../../issue.ts';
import type { Rule } from '../rule.ts';

const docs = 'modules/ssh-agent-using.adoc';
const path: Path = ['secrets', 'sshKey'];

const types = [
  'ssh-rsa',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/** The type of a public key on one line; undefined where the line is none (RFC 4253, 6.6: the blob says its type again). */
function typeOf(line: string): string | undefined {
  const [type = '', blob = ''] = line.split(/[ \t]+/, 2);
  if (!types.includes(type) || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(blob)) return undefined;
  const bytes = Buffer.from(blob, 'base64');
  const length = bytes.readUInt32BE(0);
  if (length !== type.length || bytes.toString('latin1', 4, 4 + length) !== type) return undefined;
  return partsFill(bytes) ? type : undefined;
}

/** True where the blob is a row of strings with their lengths and nothing is left over or cut off. */
function partsFill(bytes: Buffer): boolean {
  let at = 0;
  while (at + 4 <= bytes.length) at += 4 + bytes.readUInt32BE(at);
  return at === bytes.length;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

function faultOf(text: string): Finding['error'] | undefined {
  if (/PRIVATE KEY-----/.test(text)) return planErrors.sshKeyPrivate();
  const lines = linesOf(text);
  if (lines.length > 1) return planErrors.sshKeySeveral({ lines: lines.length });
  return typeOf(lines[0] ?? '') === undefined ? planErrors.sshKeyMalformed() : undefined;
}

/** Rules on the public SSH key. */
export const sshKeyRules: readonly Rule[] = [
  {
    name: 'the SSH key is one public key',
    severity: 'error',
    docs,
    *find({ secrets }) {
      const text = secrets?.sshKey?.reveal();
      const error = text === undefined ? undefined : faultOf(text);
      if (error) yield { error, path };
    },
  },
  {
    name: 'the SSH key is of a kind that FIPS knows',
    severity: 'error',
    docs,
    *find({ plan, secrets }) {
      const type = typeOf(linesOf(secrets?.sshKey?.reveal() ?? '')[0] ?? '');
      if (plan.cluster.fips && type?.includes('ed25519'))
        yield { error: planErrors.sshKeyFips(), path, contradicts: ['cluster', 'fips'] };
    },
  },
];
