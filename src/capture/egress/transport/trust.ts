import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { errorText } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';

/**
 * Whom TLS connections trust: what comes with Node, what the machine is set up with, and the authorities in `ca` (PEM,
 * several may stand in it). Throws `capture.badAuthority` for what is no certificate; the rest is read when first used.
 */
export function trustWith(ca?: string): () => SecureContext {
  const own = ca === undefined ? [] : certificatesIn(ca);
  let context: SecureContext | undefined;
  return () => {
    context ??= createSecureContext({ ca: [...new Set([...known(), ...own])] });
    return context;
  };
}

const known = () => [...getCACertificates('default'), ...getCACertificates('system')];

function certificatesIn(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw captureErrors.badAuthority({ detail: 'no certificate in PEM stands in it' });
  try {
    for (const block of blocks) void new X509Certificate(block);
  } catch (cause) {
    throw captureErrors.badAuthority({ detail: errorText(cause) }, { cause });
  }
  return blocks;
}
