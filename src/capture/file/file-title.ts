import { fileNameOfUrl, safeName } from '../snapshot/file-name.ts';

/** What a file is called: as its server names it (RFC 6266), else after the address that has an ending, the last one first. */
export function fileTitle(disposition: string | undefined, addresses: readonly string[]): string {
  const named = safeName(nameIn(disposition ?? ''));
  if (named !== '') return named;
  const names = addresses.map((address) => fileNameOfUrl(address, 'file'));
  return names.find((name) => /.\.[a-z0-9]{1,8}$/i.test(name)) ?? names[0] ?? 'file';
}

function nameIn(disposition: string): string {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined)
    try {
      return lastPart(decodeURIComponent(extended));
    } catch {
      // Not what it says; the plain name may stand there too.
    }
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(disposition) ?? [];
  // Many servers write UTF-8, which Node hands on as Latin-1.
  return lastPart(Buffer.from(quoted?.replace(/\\(.)/g, '$1') ?? token ?? '', 'latin1').toString());
}

const lastPart = (name: string) => name.split(/[/\\]/).at(-1) ?? '';
