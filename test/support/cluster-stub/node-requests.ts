// `@peculiar/x509` wants it to be there before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface RequestOptions {
  readonly subject: string;
  readonly names?: x509.JsonGeneralNames;
  readonly extensions?: readonly x509.Extension[];
  readonly attributes?: x509.Attribute[];
  /** Signed by another key than the one it is for. */
  readonly forged?: boolean;
}

/** A certificate request (PKCS#10) as a kubelet makes it: PEM, in base 64. */
export async function makeRequest({
  subject,
  names,
  extensions,
  attributes,
  forged,
}: RequestOptions): Promise<string> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const others = forged && (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']));
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: subject,
    keys: others ? { publicKey: keys.publicKey, privateKey: others.privateKey } : keys,
    signingAlgorithm: algorithm,
    extensions: [...(names ? [new x509.SubjectAlternativeNameExtension(names)] : []), ...(extensions ?? [])],
    ...(attributes && { attributes }),
  });
  return Buffer.from(`${request.toString('pem')}\n`).toString('base64');
}

/** Asks to be an authority. */
export const authorityExtension = new x509.BasicConstraintsExtension(true, 2, true);

/** Another list of extensions, beside the one that is looked at first. */
export const secondExtensions = (name: string) =>
  new x509.ExtensionsAttribute([new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])]);

/** The subject of a node's certificates. */
export const subjectOf = (host: string) => `O=system:nodes, CN=system:node:${host}`;

/** What a node asks for at first, by the bootstrapper of OpenShift. */
export async function clientRequest(host: string) {
  return {
    request: await makeRequest({ subject: subjectOf(host) }),
    signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
    username: 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper',
    groups: ['system:serviceaccounts', 'system:authenticated'],
    usages: ['digital signature', 'key encipherment', 'client auth'],
  };
}

/** What a node asks for once it has joined. */
export async function servingRequest(host: string, address: string) {
  const names = [
    { type: 'dns', value: host },
    { type: 'ip', value: address },
  ] as const;
  return {
    request: await makeRequest({ subject: subjectOf(host), names: [...names] }),
    signerName: 'kubernetes.io/kubelet-serving',
    username: `system:node:${host}`,
    groups: ['system:nodes', 'system:authenticated'],
    usages: ['digital signature', 'key encipherment', 'server auth'],
  };
}
