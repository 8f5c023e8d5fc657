import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { captureErrors } from '../../errors.ts';

/** Where browsers are looked for, best first: the shell takes half the time and memory of the full browser. */
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
  'google-chrome-stable',
  'google-chrome',
];

/** The path of the browser to capture with: the one configured, else the best that is installed; throws `capture.noBrowser`. */
export function findBrowser(configured: string | undefined, searchPath = process.env.PATH ?? ''): string {
  if (configured) {
    if (isExecutable(configured)) return configured;
    throw captureErrors.browserFailed({ path: configured, detail: 'there is no program at this path' });
  }
  const onPath = searchPath.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...places, ...onPath].find(isExecutable);
  if (!found) throw captureErrors.noBrowser();
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
