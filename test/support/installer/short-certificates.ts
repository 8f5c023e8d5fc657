// `@peculiar/x509` wants it to be there before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Twelve certificates that end after `lifeMs` and an authority that lives ten years, as PEM by file name. */
export async function makeCertificates(lifeMs: number): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  const make = async (name: string, life: number) => {
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const now = Date.now();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}, OU=openshift`,
      notBefore: new Date(now - 1000),
      notAfter: new Date(now + life),
      keys,
      signingAlgorithm: algorithm,
    });
    made[`${name}.crt`] = `${certificate.toString('pem')}\n`;
  };
  await make('root-ca', 3650 * 24 * 3_600_000);
  for (let at = 1; at <= 12; at++) await make(`short-${at}`, lifeMs);
  return made;
}
