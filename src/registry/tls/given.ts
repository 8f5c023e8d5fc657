import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Clock, errorText } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import type { TlsIdentity } from '../server/registry-server.ts';
import { pemBlocks } from './pem-file.ts';

/**
 * Reads a certificate with its chain and a key that were given, and checks what clients would refuse later. Throws
 * `registry.badCertificate` or `registry.badKey`, which say what is wrong.
 */
export async function readGivenTls(
  { certificate, key }: { certificate: string; key: string },
  clock: Clock,
): Promise<TlsIdentity> {
  const badCertificate = (fault: string, cause?: unknown) =>
    registryErrors.badCertificate({ path: certificate, fault }, { cause });
  const badKey = (fault: string, cause?: unknown) => registryErrors.badKey({ path: key, fault }, { cause });

  const text = await readFile(certificate, 'utf8').catch((error) => {
    throw badCertificate(errorText(error), error);
  });
  const keyText = await readFile(key, 'utf8').catch((error) => {
    throw badKey(errorText(error), error);
  });
  const chain = chainOf(text, badCertificate);
  checkCertificate(chain[0]!, clock.now(), badCertificate);
  for (const [index, cert] of chain.entries()) {
    const issuer = chain[index + 1];
    if (issuer && !(cert.checkIssued(issuer) && cert.verify(issuer.publicKey)))
      throw badCertificate(`certificate ${index + 2} in it did not issue certificate ${index + 1}`);
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(keyText);
  } catch (error) {
    throw badKey(/encrypted/i.test(keyText) ? 'it is encrypted' : errorText(error), error);
  }
  if (!chain[0]!.checkPrivateKey(privateKey)) throw badKey('it is not the key of the certificate');
  return { cert: text, key: keyText };
}

function chainOf(text: string, bad: (fault: string, cause?: unknown) => Error): readonly X509Certificate[] {
  const blocks = pemBlocks(text, 'CERTIFICATE');
  if (blocks.length === 0) throw bad('there is no PEM certificate in it');
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      throw bad(`certificate ${index + 1} in it can not be read`, error);
    }
  });
}

function checkCertificate(cert: X509Certificate, nowMs: number, bad: (fault: string) => Error): void {
  if (cert.ca) throw bad('the first certificate is that of an authority, not that of a server');
  if (!/(?:^|, )(?:DNS|IP Address):/.test(cert.subjectAltName ?? ''))
    throw bad('it has no subject alternative names, and clients do not look at the common name');
  if (cert.validToDate.getTime() <= nowMs) throw bad(`it ended on ${cert.validTo}`);
  if (cert.validFromDate.getTime() > nowMs) throw bad(`it begins on ${cert.validFrom} only`);
}
