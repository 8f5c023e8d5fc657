import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, errorText } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import type { TlsIdentity } from '../server/registry-server.ts';
import type { HostName } from './host-names.ts';
import { findFile, pemBlocks, writeSecretFile } from './pem-file.ts';
import type { Issued } from './x509.ts';

/** What issues the registry's certificates; it lies in a folder of its own, readable by its owner alone. */
export interface Authority {
  /** The certificate that clients have to trust, as PEM; made where there is none, renewed with its key before it ends. */
  certificate(): Promise<string>;
  /** A certificate for these names with its key: the one that is there while it fits and has a month left, else another. */
  identityFor(names: readonly HostName[]): Promise<TlsIdentity>;
}

const dayMs = 24 * 3_600_000;
const authorityDays = 3_650;
const authorityRenewMs = 730 * dayMs;
/** Clients of some systems refuse more than 398 days. */
const serverDays = 397;
const serverRenewMs = 30 * dayMs;

/** Opens the authority in a folder; nothing is made before it is asked for. Throws `registry.badAuthority` where it is damaged. */
export function createAuthority({ folder, clock }: { folder: string; clock: Clock }): Authority {
  const authorityPath = join(folder, 'authority.pem');
  const serverPath = join(folder, 'server.pem');

  const authority = async (): Promise<Issued> => {
    // Loading it takes longer than everything that is done with it.
    const { makeAuthority } = await import('./x509.ts');
    const text =
      (await findFile(authorityPath)) ??
      (await writeSecretFile(authorityPath, joined(await makeAuthority(clock.now(), authorityDays)), false));
    const held = issuedOf(text);
    if (!held)
      throw registryErrors.badAuthority({ path: authorityPath, fault: 'it is no certificate with its key' });
    const cert = new X509Certificate(held.cert);
    if (cert.validToDate.getTime() - clock.now() > authorityRenewMs) return held;
    const renewed = await makeAuthority(clock.now(), authorityDays, held).catch((error) => {
      throw registryErrors.badAuthority({ path: authorityPath, fault: errorText(error) }, { cause: error });
    });
    return issuedOf(await writeSecretFile(authorityPath, joined(renewed), true))!;
  };

  return {
    certificate: async () => (await authority()).cert,

    async identityFor(names) {
      const issuer = await authority();
      const held = issuedOf((await findFile(serverPath)) ?? '');
      if (held && isFit(held, issuer, names, clock.now())) return held;
      const { issueServer } = await import('./x509.ts');
      const issued = await issueServer(issuer, names, clock.now(), serverDays);
      await writeSecretFile(serverPath, joined(issued), true);
      return issued;
    },
  };
}

const joined = ({ cert, key }: Issued) => cert + key;

/** The certificate and key of a file, where they belong together. */
function issuedOf(text: string): Issued | undefined {
  const [cert] = pemBlocks(text, 'CERTIFICATE');
  const [key] = pemBlocks(text, 'PRIVATE KEY');
  if (cert === undefined || key === undefined) return undefined;
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : undefined;
  } catch {
    return undefined;
  }
}

function isFit(held: Issued, issuer: Issued, names: readonly HostName[], nowMs: number): boolean {
  const cert = new X509Certificate(held.cert);
  const ca = new X509Certificate(issuer.cert);
  const count = cert.subjectAltName?.split(', ').length ?? 0;
  return (
    cert.validToDate.getTime() - nowMs > serverRenewMs &&
    cert.checkIssued(ca) &&
    cert.verify(ca.publicKey) &&
    count === names.length &&
    names.every(({ type, value }) =>
      type === 'ip' ? cert.checkIP(value) : cert.subjectAltName?.split(', ').includes(`DNS:${value}`),
    )
  );
}
