// `@peculiar/x509` wants it to be there before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { HostName } from './host-names.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 3_600_000;

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** How long a certificate is good for; it begins a day earlier, since clocks behind an air gap differ. */
function lifetime(nowMs: number, days: number) {
  return { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + days * dayMs) };
}

async function keyPem(key: CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', key);
  return `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`;
}

async function importKey(pem: string): Promise<CryptoKey> {
  const der = x509.PemConverter.decode(pem)[0]!;
  return crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
}

/** Makes an authority, or renews one: with its key and its name, so that who trusts the old one trusts what the new one issues. */
export async function makeAuthority(nowMs: number, days: number, old?: Issued): Promise<Issued> {
  const made = old ? undefined : await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const oldCert = old && new x509.X509Certificate(old.cert);
  const privateKey = made?.privateKey ?? (await importKey(old!.key));
  const publicKey = made?.publicKey ?? (await oldCert!.publicKey.export(algorithm, ['verify']));
  const chance = Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex');
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: oldCert?.subject ?? `CN=Holdfast registry CA ${chance}, O=Holdfast`,
    ...lifetime(nowMs, days),
    keys: { privateKey, publicKey },
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: old?.key ?? (await keyPem(privateKey)) };
}

/** Issues the certificate of a server: its names stand as subject alternative names, where clients look for them (RFC 9525). */
export async function issueServer(
  authority: Issued,
  names: readonly HostName[],
  nowMs: number,
  days: number,
): Promise<Issued> {
  const ca = new x509.X509Certificate(authority.cert);
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.create({
    issuer: ca.subject,
    subject: 'CN=Holdfast registry',
    ...lifetime(nowMs, days),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...names]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}
