import { X509Certificate } from 'node:crypto';
import { isDigest } from '../kernel/index.ts';
import { linksErrors } from './errors.ts';

/** How a link is captured, beyond its address; kept with the link, so that every later snapshot is taken the same way. */
export interface LinkOptions {
  /** What the bytes of a file have to be: `sha256:<hex>` or `sha512:<hex>`. */
  readonly checksum?: string;
  /** Which platforms of an image are kept, as `os/architecture[/variant]`; absent: all. */
  readonly platforms?: readonly string[];
  /** True where the registry of an image speaks plain HTTP. */
  readonly plainHttp?: boolean;
  /** Certificates (PEM) of a private authority that the server's certificate may come from. */
  readonly ca?: string;
}

const maxCaBytes = 256 * 1024;
const platformPattern = /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/;

/** Options as they are kept, without those that say nothing; throws `links.badOption`. */
export function parseLinkOptions(given: LinkOptions = {}): LinkOptions {
  const bad = (option: string, value: string, expected: string) =>
    linksErrors.badOption({ option, value: value.slice(0, 100), expected });
  const { checksum, platforms = [], plainHttp = false, ca } = given;
  if (checksum !== undefined && !isDigest(checksum))
    throw bad('checksum', checksum, 'sha256: or sha512: followed by lower-case hexadecimal digits');
  for (const platform of platforms)
    if (!platformPattern.test(platform))
      throw bad('platform', platform, 'os/architecture, for example linux/amd64');
  if (ca !== undefined && !areCertificates(ca)) throw bad('ca', '…', 'certificates in PEM form');
  return {
    ...(checksum !== undefined && { checksum }),
    ...(platforms.length > 0 && { platforms: [...new Set(platforms)].sort() }),
    ...(plainHttp && { plainHttp }),
    ...(ca !== undefined && { ca }),
  };
}

/** Nothing but certificates: a key that somebody gives by mistake must not be kept. */
function areCertificates(pem: string): boolean {
  if (pem.length > maxCaBytes || /PRIVATE KEY/.test(pem)) return false;
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    return found.length > 0 && found.every((each) => new X509Certificate(each).raw.length > 0);
  } catch {
    return false;
  }
}
