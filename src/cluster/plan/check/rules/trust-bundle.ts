import { X509Certificate } from 'node:crypto';
import { planErrors } from '../../errors.ts';
import type { Finding, Path } from '../../issue.ts';
import type { Rule, Subject } from '../rule.ts';

const docs = 'modules/installation-mirror-repository.adoc';
const path: Path = ['secrets', 'trustBundle'];
const dayMs = 24 * 3_600_000;
/** An installation and its first repairs take less. */
const endsSoonMs = 30 * dayMs;
/** The most certificates that are looked at; Mozilla's list has 150. */
const mostCertificates = 500;

interface Entry {
  /** From 1, in the order of the file. */
  readonly number: number;
  /** Undefined where it is no certificate. */
  readonly certificate: X509Certificate | undefined;
}

function entriesOf({ secrets }: Subject): readonly Entry[] {
  const text = secrets?.trustBundle?.reveal() ?? '';
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks
    .slice(0, mostCertificates)
    .map((pem, index) => ({ number: index + 1, certificate: read(pem) }));
}

function read(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function* each(
  subject: Subject,
  fault: (certificate: X509Certificate, number: number) => Finding['error'] | undefined,
): Iterable<Finding> {
  for (const { number, certificate } of entriesOf(subject)) {
    const error = certificate && fault(certificate, number);
    if (error) yield { error, path };
  }
}

const commonNameOf = ({ subject }: X509Certificate) => /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
/** Names that clients compare; an authority may have an email address or none. */
const hasNames = ({ subjectAltName = '' }: X509Certificate) =>
  /(?:^|, )(?:DNS|IP Address):/.test(subjectAltName);
/** True where the common name alone is that of the registry, or a wildcard above it. */
const isNamedFor = (certificate: X509Certificate, host: string) => {
  const name = commonNameOf(certificate).toLowerCase();
  return name === host || (name.startsWith('*.') && name.slice(1) === host.slice(host.indexOf('.')));
};
/** True for a certificate of a server; an authority is named for something else and needs no host names. */
const isOfServer = (certificate: X509Certificate, host: string) =>
  !certificate.ca || hasNames(certificate) || isNamedFor(certificate, host);
const day = (date: Date) => date.toISOString().slice(0, 10);

/** Rules on the certificates that nodes are to trust. */
export const trustBundleRules: readonly Rule[] = [
  {
    name: 'the trust bundle has certificates and no key',
    severity: 'error',
    docs,
    *find(subject) {
      const text = subject.secrets?.trustBundle?.reveal();
      if (text === undefined) return;
      if (/PRIVATE KEY-----/.test(text)) yield { error: planErrors.bundlePrivate(), path };
      const entries = entriesOf(subject);
      if (entries.length === 0) yield { error: planErrors.bundleEmpty(), path };
      for (const { number, certificate } of entries)
        if (!certificate) yield { error: planErrors.certificateMalformed({ number }), path };
    },
  },
  {
    name: 'certificates are valid now',
    severity: 'error',
    docs,
    find: (subject) =>
      each(subject, ({ validFromDate, validToDate }, number) => {
        if (validToDate.getTime() <= subject.nowMs)
          return planErrors.certificateExpired({ number, date: day(validToDate) });
        if (validFromDate.getTime() > subject.nowMs)
          return planErrors.certificateEarly({ number, date: day(validFromDate) });
        return undefined;
      }),
  },
  {
    name: 'certificates do not end soon',
    severity: 'warning',
    docs,
    find: (subject) =>
      each(subject, ({ validToDate }, number) => {
        const leftMs = validToDate.getTime() - subject.nowMs;
        if (leftMs <= 0 || leftMs > endsSoonMs) return undefined;
        return planErrors.certificateEnding({ number, date: day(validToDate) });
      }),
  },
  {
    name: 'certificates of a server have their names as SAN',
    severity: 'error',
    docs: `${docs}; Go 1.15 and later do not look at the common name`,
    find: (subject) =>
      each(subject, (certificate, number) => {
        if (hasNames(certificate) || !isNamedFor(certificate, subject.plan.registry.host)) return undefined;
        return planErrors.certificateNoSan({ number, name: commonNameOf(certificate).slice(0, 80) });
      }),
  },
  {
    name: 'certificates are of authorities',
    severity: 'error',
    docs,
    find: (subject) =>
      each(subject, ({ ca }, number) => (ca ? undefined : planErrors.certificateNotAuthority({ number }))),
  },
  {
    name: 'the registry’s own certificate is for its name',
    severity: 'error',
    docs,
    *find(subject) {
      const known = entriesOf(subject).flatMap(({ certificate }) => (certificate ? [certificate] : []));
      const { host } = subject.plan.registry;
      // An authority proper may have issued a certificate for any name.
      if (known.length === 0 || known.some((it) => !isOfServer(it, host))) return;
      const named = known.filter(hasNames);
      if (named.length === 0 || named.some((it) => it.checkHost(host, { subject: 'never' }) !== undefined))
        return;
      yield { error: planErrors.certificateOtherHost({ host }), path, contradicts: ['registry', 'host'] };
    },
  },
  {
    name: 'a registry of somebody else has its authority in the plan',
    severity: 'warning',
    docs,
    *find({ plan }) {
      if (plan.bastion.serves.registry !== 'external' || plan.secrets.trustBundle !== undefined) return;
      yield {
        error: planErrors.bundleMissing({ host: plan.registry.host }),
        path,
        contradicts: ['registry', 'host'],
      };
    },
  },
];
