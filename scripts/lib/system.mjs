import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install, mayInstall } from './apt.mjs';
import { findBrowser, fullBrowser, hasCjkFonts } from './browser.mjs';
import { SetupError, say } from './texts.mjs';

const browser = ['chromium-headless-shell', 'chromium'];
const fonts = 'fonts-noto-cjk';

/** The real engines that tests are judged by: a program of each, and the package that it comes in. */
const engines = {
  dig: 'bind9-dnsutils',
  'docker-registry': 'docker-registry',
  etcd: 'etcd-server',
  etcdctl: 'etcd-client',
  gpg: 'gnupg',
  haproxy: 'haproxy',
  'ignition-validate': 'ignition',
  ip: 'iproute2',
  knotd: 'knot',
  'named-checkconf': 'bind9-utils',
  nginx: 'nginx-light',
  podman: 'podman',
  skopeo: 'skopeo',
  umoci: 'umoci',
  xorriso: 'xorriso',
};

/** Sees to a browser and to fonts for Chinese; where it may not install them, it says what to do and goes on. */
export async function ensureSystem() {
  await ensure([
    { missing: () => findBrowser() === undefined, package: browser, note: 'noBrowser' },
    { missing: () => !hasCjkFonts(), package: fonts, note: 'noFonts' },
  ]);
}

/** Sees to what the tests need besides: the full browser, Postgres and other engines (their services are not started). */
export async function ensureTestSystem() {
  await ensure([
    { missing: () => findBrowser() === undefined, package: browser, note: 'noBrowser' },
    { missing: () => !hasCjkFonts(), package: fonts, note: 'noFonts' },
    { missing: () => !existsSync(fullBrowser), package: 'chromium', note: 'missingForTests' },
    { missing: () => !hasPostgres(), package: 'postgresql', note: 'missingForTests' },
    {
      missing: () => !existsSync('/usr/lib/ISOLINUX/isohdpfx.bin'),
      package: 'isolinux',
      note: 'missingForTests',
    },
    ...Object.entries(engines).map(([program, name]) => ({
      missing: () => !hasProgram(program),
      package: name,
      note: 'missingForTests',
    })),
  ]);
}

async function ensure(needs) {
  const missing = needs.filter((need) => need.missing());
  if (missing.length === 0) return;
  if (mayInstall()) {
    try {
      return await install(missing.map((need) => need.package));
    } catch (error) {
      // Without a network the rest still works, so this is told and not fatal.
      if (!(error instanceof SetupError)) throw error;
      process.stderr.write(`${error.message}\n`);
    }
  }
  for (const note of new Set(missing.map((need) => need.note))) {
    const packages = missing.filter((need) => need.note === note).map((need) => [need.package].flat()[0]);
    say(note, { packages: packages.join(' ') });
  }
}

function hasProgram(name) {
  // Debian keeps servers in sbin, which the PATH of a plain user leaves out.
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, name)));
}

function hasPostgres() {
  try {
    const versions = readdirSync('/usr/lib/postgresql');
    return versions.some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/postgres`));
  } catch {
    return false;
  }
}
