import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a browser that can take snapshots may be, as src/capture/page/browser/find-browser.ts looks for it. */
const places = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
];
const names = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
];

/** The full browser, which the tests of the web interface drive. */
export const fullBrowser = '/usr/lib/chromium/chromium';

/** A browser's path or CDP address, undefined where there is none; one that HOLDFAST_BROWSER names is believed. */
export function findBrowser() {
  if (process.env.HOLDFAST_BROWSER) return process.env.HOLDFAST_BROWSER;
  const onPath = names.flatMap((name) =>
    (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  );
  return [...places, ...onPath].find(isProgram);
}

/** True where some font has Chinese characters: by its file's name, else by what fontconfig says, which is slower. */
export function hasCjkFonts() {
  if (process.platform !== 'linux') return true;
  const home = process.env.HOME ?? '/root';
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(home, '.fonts'),
    join(home, '.local/share/fonts'),
  ];
  if (folders.some((folder) => existsSync(folder) && holdsCjkFont(folder))) return true;
  const told = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return told.status === 0 && told.stdout.trim() !== '';
}

const cjkFont =
  /(cjk|wqy|wenquanyi|uming|ukai|droidsansfallback|sourcehan|arphic|simsun|simhei|msyh|pingfang|notosans(sc|tc|jp|kr|hk)).*\.(ttf|ttc|otf|otc)$/i;

function holdsCjkFont(folder) {
  try {
    return readdirSync(folder, { recursive: true }).some((file) => cjkFont.test(file));
  } catch {
    return false;
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
