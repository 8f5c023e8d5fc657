// `@peculiar/x509` wants it to be there before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 3_600_000;

/** A certificate with its key, as PEM. */
export interface StubIdentity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that signed itself, for stubs: nobody verifies it, since the token that they answer is the proof. */
export async function stubIdentity(nowMs: number): Promise<StubIdentity> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Holdfast stub',
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + dayMs),
    keys,
    signingAlgorithm: algorithm,
  });
  const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: `${cert.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`,
  };
}
