// `@peculiar/x509` wants it to be there before it is loaded.
import 'reflect-metadata';
import { Pkcs10CertificateRequest, SubjectAlternativeNameExtension } from '@peculiar/x509';
import type { AdmittedNode, Decision, LeftReason } from './types.ts';

/** What a request of Kubernetes says, as far as a decision needs it. */
export interface RequestFacts {
  /** The PEM of the request (PKCS#10), in base 64. */
  readonly request: string;
  readonly signerName?: string | null | undefined;
  readonly username: string;
  readonly groups?: readonly string[] | null | undefined;
  readonly usages?: readonly string[] | null | undefined;
}

/** Who may join, and who has. */
export interface Admission {
  /** Those whose turn it is. */
  readonly admitted: readonly AdmittedNode[];
  /** Full host names of the plan whose turn comes later. */
  readonly later: readonly string[];
  /** Names of the nodes that the cluster has. */
  readonly joined: ReadonlySet<string>;
}

const clientSigner = 'kubernetes.io/kube-apiserver-client-kubelet';
const servingSigner = 'kubernetes.io/kubelet-serving';
const bootstrapper = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';
const nodePrefix = 'system:node:';
const sanOid = '2.5.29.17';
const extensionRequestOid = '1.2.840.113549.1.9.14';
const usages = {
  client: ['digital signature', 'key encipherment', 'client auth'],
  serving: ['digital signature', 'key encipherment', 'server auth'],
};

/**
 * Decides on one request of a kubelet. Approved is what a planned node asks for itself and nothing beyond: a client certificate
 * for a name that has not joined, asked for by OpenShift's bootstrapper; a serving certificate with exactly the node's own name
 * and address, asked for by that node (kubernetes.io, "Certificate Signing Requests", signers of kubelets).
 */
export async function decide(facts: RequestFacts, admission: Admission): Promise<Decision> {
  const kind =
    facts.signerName === clientSigner ? 'client' : facts.signerName === servingSigner ? 'serving' : undefined;
  if (!kind) return left('unknownSigner', facts.signerName ?? '');
  const byBootstrapper = facts.username === bootstrapper;
  const byNode = facts.username.startsWith(nodePrefix) && (facts.groups ?? []).includes('system:nodes');
  // A node renews its own client certificate; the cluster approves that by itself.
  if (kind === 'client' ? !byBootstrapper : !byNode) return left('unknownRequester', facts.username);
  let request: ParsedRequest;
  try {
    request = await parseRequest(facts.request);
  } catch (error) {
    return left('malformed', error instanceof Error ? error.message : '');
  }
  if (!request.isSigned) return left('badSignature', '');
  const host = hostIn(request.subject);
  if (host === undefined)
    return left('wrongSubject', request.subject.map(([n, v]) => `${n}=${v}`).join(', '));
  if (kind === 'serving' && facts.username !== nodePrefix + host) return left('wrongSubject', facts.username);
  if (admission.later.includes(host)) return left('notYet', host);
  const node = admission.admitted.find((it) => it.host === host);
  if (!node) return left('notPlanned', host);
  const asked = facts.usages ?? [];
  const wanted = usages[kind];
  if (!asked.includes(wanted[2]!) || !asked.every((it) => wanted.includes(it)))
    return left('wrongUsages', asked.join(', '));
  const foreign = request.extensions.find((oid) => oid !== sanOid);
  if (foreign !== undefined) return left('foreignExtension', foreign);
  const names = [...request.names].sort().join(', ');
  const expected = kind === 'client' ? '' : [`dns:${host}`, `ip:${node.address}`].sort().join(', ');
  if (names !== expected) return left('wrongNames', names);
  if (kind === 'client' && admission.joined.has(host)) return left('alreadyJoined', host);
  return { approve: true, kind, host };
}

const left = (reason: LeftReason, detail: string): Decision => ({
  approve: false,
  reason,
  detail: detail.slice(0, 300),
});

interface ParsedRequest {
  /** Attribute names and values, in order. */
  readonly subject: readonly (readonly [name: string, value: string])[];
  /** Alternative names, each once, as `dns:…`, `ip:…` and so on. */
  readonly names: ReadonlySet<string>;
  /** Identifiers of the extensions that are asked for. */
  readonly extensions: readonly string[];
  readonly isSigned: boolean;
}

const maxRequestBytes = 32 * 1024;
const pemForm =
  /^\s*-----BEGIN CERTIFICATE REQUEST-----\s+([A-Za-z0-9+/=\s]+)-----END CERTIFICATE REQUEST-----\s*$/;

async function parseRequest(base64: string): Promise<ParsedRequest> {
  const pem = Buffer.from(base64, 'base64').toString('latin1');
  const body = pem.length <= maxRequestBytes ? pemForm.exec(pem)?.[1] : undefined;
  if (body === undefined) throw new SyntaxError('it is no single PEM of a certificate request');
  const request = new Pkcs10CertificateRequest(Buffer.from(body, 'base64'));
  // Only the first list of extensions is read here, whereas old signers take what a second one says.
  const isOneList = request.attributes.every(
    ({ type, values }) => type === extensionRequestOid && values.length === 1,
  );
  if (request.attributes.length > 1 || !isOneList)
    throw new SyntaxError('it has more attributes than one list of extensions');
  const subject = request.subjectName
    .toJSON()
    .flatMap((part) =>
      Object.entries(part).flatMap(([name, values]) => values.map((it) => [name, it] as const)),
    );
  const names = request.extensions.flatMap((it) =>
    it instanceof SubjectAlternativeNameExtension
      ? it.names.toJSON().map(({ type, value }) => `${type}:${String(value)}`)
      : [],
  );
  // A key of a kind that cannot be checked is not one of a kubelet.
  const isSigned = await request.verify().catch(() => false);
  return { subject, names: new Set(names), extensions: request.extensions.map((it) => it.type), isSigned };
}

/** The host of a subject that is exactly `O=system:nodes, CN=system:node:<host>`, in whatever order. */
function hostIn(subject: ParsedRequest['subject']): string | undefined {
  const [a, b] = [...subject].sort(([one], [other]) => (one < other ? -1 : 1));
  if (subject.length !== 2 || a?.[0] !== 'CN' || b?.[0] !== 'O' || b[1] !== 'system:nodes') return undefined;
  return a[1].startsWith(nodePrefix) ? a[1].slice(nodePrefix.length) : undefined;
}
