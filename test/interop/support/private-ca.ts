import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;

/** An authority of its own in a folder, and a certificate by it that is good for 127.0.0.1. */
export function makePrivateCa(folder: string) {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=Authority',
    '-days',
    '2',
  );
  openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'csr.pem', '-subj', '/CN=registry');
  writeFileSync(at('san.cnf'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = [
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-extfile',
    'san.cnf',
    '-days',
    '2',
  ];
  openssl('x509', '-req', '-in', 'csr.pem', ...signing, '-out', 'cert.pem');
  // Tools that take a folder of authorities look for nothing else in it.
  mkdirSync(at('trusted'));
  const ca = readFileSync(at('ca.crt'), 'utf8');
  writeFileSync(at('trusted/ca.crt'), ca);
  return { ca, trusted: at('trusted'), certificate: at('cert.pem'), key: at('key.pem') };
}
