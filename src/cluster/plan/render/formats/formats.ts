import { networkPattern } from '../../ipv4.ts';
import { defineFormat, type Fragment } from './format.ts';

/** A word that is refused unless all of it matches; nothing in it has a meaning for the format. */
const only = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : undefined);

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?';

/** A master file (RFC 1035, section 5): host names, which it ends with a dot, and addresses and numbers as they are. */
export const zoneFile = defineFormat('a zone file', (value) => {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$|^\d{1,10}$/.test(value)) return value;
  const isName = new RegExp(`^(?=.{1,253}$)(?:\\*\\.)?${label}(?:\\.${label})*$`).test(value);
  return isName ? `${value}.` : undefined;
});

/** BIND's configuration; names stand in quotes there. */
export const named = defineFormat('named.conf', only(/^[\w.-]+$/));

/** CoreDNS's Corefile. A brace would open a block or a variable, a slash name a file where an address is meant. */
export const corefile = defineFormat('a Corefile', only(/^[\w.:*-]+$/));

/** A host name as a regular expression of a Corefile that matches it alone. */
export function corefileRegexp(name: string): Fragment<'a Corefile'> {
  const { format, text } = corefile.word(name);
  return { format, text: text.replaceAll(/[.*]/g, '\\$&') };
}

/** haproxy.cfg (section 2.2 of its manual); quotes, backslash, space, # and $ mean something there. */
export const haproxy = defineFormat('haproxy.cfg', only(/^[\w.:/-]+$/));

/** nginx's configuration. */
export const nginx = defineFormat('nginx.conf', only(/^[\w./~+-]+$/));

/** A unit of systemd; % and $ are expanded there. */
export const unit = defineFormat('a systemd unit', only(/^[\w.:/-]+$/));

/** A word for a POSIX shell: quoted, so that nothing in it is expanded; a value of several lines is refused. */
export const shell = defineFormat('a shell script', (value) => {
  if (/\p{Cc}/u.test(value)) return undefined;
  if (/^[\w.:/@=,+-]+$/.test(value)) return value;
  return `'${value.replaceAll("'", "'\\''")}'`;
});

/** chrony.conf, which has no quoting. */
export const chrony = defineFormat('chrony.conf', only(/^[\w.:-]+$/));

/** A path below the rendered folder; nothing in it leads out. */
export const filePath = defineFormat('the name of a file', only(/^\w[\w.~+-]*(?:\/\w[\w.~+-]*)*$/));

/** A device below /dev, or the name of one. */
export const device = defineFormat('the name of a disk', only(/^\w[\w.:+-]*(?:\/\w[\w.:+-]*)*$/));

/** A version, as it stands in the tags of images. */
export const versionText = defineFormat('a version', only(/^\d[\w.-]*$/));

/** A network in CIDR form. */
export const network = defineFormat('a network', only(networkPattern));

/** One field of the kernel argument `ip=`, whose fields stand between colons. */
export const ipField = defineFormat('a kernel line', only(/^[\w.-]+$/));

/** One argument of a kernel line, as a boot menu, GRUB and iPXE take it; there is no quoting that all three share. */
export const kernelArguments = defineFormat('a kernel line', only(/^[\w.,:=/@%+~[\]-]+$/));

/** iPXE's scripts: $ and & mean something there. */
export const ipxe = defineFormat('an iPXE script', only(/^[\w.,:=/@%+~[\]-]+$/));

/** Markdown, and what stands in its code blocks to be pasted: what could begin a mark, a link, HTML or another word is refused. */
export const markdown = defineFormat('Markdown', only(/^[\w.,:=/@*~+-]+$/));
