import type { SnapshotConfig } from './format.ts';

/** The longest name in UTF-8 that is given, extension left out; file systems take 255 bytes. */
const maxNameBytes = 180;

/** A name for a snapshot in one form, `离线安装指南.html`: after its title, else its host. */
export function fileNameFor(config: Pick<SnapshotConfig, 'title' | 'finalUrl'>, extension: string): string {
  const url = URL.canParse(config.finalUrl) ? new URL(config.finalUrl) : undefined;
  return `${safeName(config.title) || safeName(url?.host ?? '') || 'snapshot'}.${extension}`;
}

/** The name that a link to a file gives: the last part of its path. */
export function fileNameOfUrl(address: string, fallback: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  const last = path.split('/').at(-1) ?? '';
  return safeName(decoded(last)) || safeName(fallback) || 'file';
}

/** Text as a file name that Linux, macOS and Windows take and that no shell or reader is led astray by. */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFC')
    // Directions and other invisible characters: with them `txt.exe` can look like `exe.txt`.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/\s+/g, ' ');
  let name = '';
  let bytes = 0;
  for (const character of plain) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxNameBytes) break;
    name += character;
  }
  name = name.replace(/^[. -]+|[. ]+$/g, '');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
