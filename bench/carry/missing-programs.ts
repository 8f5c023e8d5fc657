import { spawnSync } from 'node:child_process';

/** What is measured against or helps to measure, and the Debian package that it comes in. */
const programs = {
  curl: 'curl',
  'docker-registry': 'docker-registry',
  openssl: 'openssl',
  skopeo: 'skopeo',
  tar: 'tar',
};

/** The packages of the programs that cannot be started here. */
export function missingPackages(): readonly string[] {
  return Object.entries(programs)
    .filter(([program]) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined)
    .map(([, name]) => name);
}
