import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export interface CertificateOptions {
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly isAuthority?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A self-signed certificate as PEM, valid from 2025 to 2035 where nothing else is said. */
export async function certificateOf({
  name,
  hosts,
  isAuthority = true,
  notBefore,
  notAfter,
}: CertificateOptions) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore: notBefore ?? new Date('2025-01-01'),
    notAfter: notAfter ?? new Date('2035-01-01'),
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      ...(hosts
        ? [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))]
        : []),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}
