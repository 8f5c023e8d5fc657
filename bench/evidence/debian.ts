import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { choosePages, replyFromFolder } from './folder.ts';
import type { SiteSource } from './site.ts';

interface Documentation {
  readonly packageNames: readonly string[];
  readonly folder: string;
  readonly pages: number;
  /** Which files are pages. */
  readonly fits?: RegExp;
}

/** Documentation as Debian packages it: Sphinx, DocBook, DITA, rustdoc and mdBook, in ten languages. */
const documentation: Readonly<Record<string, Documentation>> = {
  python: { packageNames: ['python3.11-doc'], folder: '/usr/share/doc/python3.11/html', pages: 35 },
  postgresql: {
    packageNames: ['postgresql-doc-15'],
    folder: '/usr/share/doc/postgresql-doc-15/html',
    pages: 35,
  },
  apache: { packageNames: ['apache2-doc'], folder: '/usr/share/doc/apache2-doc/manual', pages: 36 },
  'debian-reference': {
    packageNames: ['debian-reference-zh-cn', 'debian-reference-common'],
    folder: '/usr/share/debian-reference',
    pages: 15,
    fits: /\.zh-cn\.html$/,
  },
  'maint-guide': {
    packageNames: ['maint-guide-zh-cn'],
    folder: '/usr/share/doc/maint-guide-zh-cn/html',
    pages: 11,
  },
  handbook: { packageNames: ['debian-handbook'], folder: '/usr/share/doc/debian-handbook/html', pages: 44 },
  rust: { packageNames: ['rust-doc'], folder: '/usr/share/doc/rust-doc/html', pages: 44 },
};

/** A site and the paths of its pages that are captured. */
export interface ChosenSite {
  readonly source: SiteSource;
  readonly paths: readonly string[];
}

/** Installs what is missing with apt-get, which needs root; throws with the command that a person can run. */
function installPackages(): void {
  const wanted = Object.values(documentation).filter(({ folder }) => !existsSync(folder));
  const names = wanted.flatMap(({ packageNames }) => packageNames);
  if (names.length === 0) return;
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...names];
  if (process.getuid?.() !== 0)
    throw new Error(`Documentation is missing; run as root: ${command.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (spawnSync(command[0]!, command.slice(1), { stdio: 'inherit', env: environment }).status === 0) return;
  execFileSync('apt-get', ['update'], { stdio: 'inherit' });
  execFileSync(command[0]!, command.slice(1), { stdio: 'inherit', env: environment });
}

/** The documentation sites with their pages; `share` below 1 takes fewer of them. */
export async function debianSites(share: number): Promise<ChosenSite[]> {
  installPackages();
  return Promise.all(
    Object.entries(documentation).map(async ([name, { folder, pages, fits }]) => ({
      source: { name, reply: (path: string) => replyFromFolder(folder, path) },
      paths: (await choosePages(folder, Math.ceil(pages * share), fits)).map(
        (path) => `/${path.split('/').map(encodeURIComponent).join('/')}`,
      ),
    })),
  );
}

/** Twenty pages of one site, for capturing them again and again. */
export async function twentyPages(): Promise<ChosenSite> {
  const { folder } = documentation.postgresql!;
  return {
    source: { name: 'twenty', reply: (path) => replyFromFolder(folder, path) },
    paths: (await choosePages(folder, 20)).map((path) => `/${path}`),
  };
}
