import { defineErrors } from '../kernel/index.ts';
import { folderErrorSpecs } from './folder/error-specs.ts';
import { tarErrorSpecs } from './tar/error-specs.ts';

export const imagesErrors = defineErrors('images', {
  unsupportedManifest: {
    kind: 'unsupported',
    message: 'Image "{image}" has the manifest type "{mediaType}", which is not supported',
    hint: 'Docker schema 2 and OCI manifests, lists and indexes are; push the image again with a current tool',
  },
  malformedManifest: {
    kind: 'corrupt',
    message: 'Manifest of image "{image}" is malformed: {fault}',
    hint: 'Take the snapshot again, restore the blob from a copy, or ask whoever publishes the image to push it again',
  },
  badReference: {
    kind: 'invalid',
    message: 'Image reference "{value}" is malformed: {fault}',
    hint: 'Write it as docker://host/repository:tag or docker://host/repository@sha256:…',
  },
  badPlatform: {
    kind: 'invalid',
    message: 'Platform "{value}" is malformed',
    hint: 'Write it as linux/amd64 or linux/arm64/v8',
  },
  badMirror: {
    kind: 'invalid',
    message: 'Mirror rule for "{source}" is malformed: {fault}',
    hint: 'Write source and mirrors as host/path without tag, for example quay.io/openshift-release-dev',
  },
  badCredentials: {
    kind: 'invalid',
    message: 'Credentials in "{place}" are malformed: {fault}',
    hint: 'Use the pull secret as it was downloaded: JSON with "auths", a host in it, and its "auth" (base64 of user:password)',
  },
  credentialHelper: {
    kind: 'unsupported',
    message: 'Credentials in "{place}" are kept by the helper program "{helper}", which is not started',
    hint: 'Write them into a file: run "podman login --authfile FILE HOST", or use the pull secret',
  },
  notFound: { kind: 'notFound', message: 'Image "{image}" was not found in "{place}"' },
  noPlatform: {
    kind: 'notFound',
    message: 'Image "{image}" is not there for the platform "{platform}"',
    hint: 'It is there for: {platforms}',
  },
  partGone: {
    kind: 'notFound',
    message: 'Part "{digest}" of an image is not in "{place}", though its manifest names it',
    hint: 'It was deleted or never pushed whole; what was copied stays, and is found when the copy is run again',
  },
  partsMissing: {
    kind: 'conflict',
    message:
      'Registry "{place}" refuses manifest "{digest}", since parts that it names are not there: {detail}',
    hint: 'Copy all platforms of the image, or choose one platform',
  },
  wrongBytes: {
    kind: 'corrupt',
    message: 'Bytes from "{place}" are not "{digest}": {detail}',
    hint: 'They were changed on the way or are damaged there; try again, and tell whoever runs the registry if it stays so',
  },
  denied: {
    kind: 'denied',
    message: 'Registry "{host}" refuses access to "{repository}": {detail}',
    hint: 'Give a pull secret or a login for this registry, and check that its account may use the repository',
  },
  plainOnly: {
    kind: 'unavailable',
    message: 'Registry "{host}" does not speak TLS: {detail}',
    hint: 'If it serves plain HTTP on purpose, say --plain-http ("holdfast add … --plain-http" for a link); nothing is encrypted then',
  },
  untrusted: {
    kind: 'denied',
    message: 'Certificate of registry "{host}" is not trusted: {detail}',
    hint: 'If a private authority issued it, name that authority with --ca FILE',
  },
  unreachable: {
    kind: 'unavailable',
    message: 'Registry "{host}" cannot be reached: {detail}',
    hint: 'Check its name and the line, then try again; what was copied stays',
  },
  busy: {
    kind: 'unavailable',
    message:
      'Registry "{host}" takes no more requests just now (status {status}, asks to wait {retryAfterMs} ms)',
    hint: 'Try again later, or log in: registries allow more to accounts that they know',
  },
  failing: {
    kind: 'unavailable',
    message: 'Registry "{host}" fails: it answered {status} to {method} {path}: {detail}',
    hint: 'Try again later; if it stays so, ask whoever runs the registry',
  },
  refused: {
    kind: 'invalid',
    message: 'Registry "{host}" refused {method} {path} with {status}: {detail}',
    hint: 'Check what it accepts (names, sizes, media types), or ask whoever runs it',
  },
  nowhere: {
    kind: 'unavailable',
    message: 'Image "{image}" could be had neither from "{place}" nor from a mirror of it: {detail}',
    hint: 'Put right what is said of one of them, then try again',
  },
  badAnswer: {
    kind: 'corrupt',
    message: 'Registry "{host}" gave an answer that cannot be used: {detail}',
    hint: 'Check that it is a registry, and not a login page or a proxy that stands before one',
  },
  sourceFailed: {
    kind: 'unavailable',
    message: 'Reading from "{name}" failed: {detail}',
    hint: 'What was copied stays; run it again when the cause is gone',
  },
  targetFailed: {
    kind: 'unavailable',
    message: 'Writing to "{name}" failed: {detail}',
    hint: 'What was copied stays; run it again when the cause is gone',
  },
  ...folderErrorSpecs,
  ...tarErrorSpecs,
});
