import { defineErrors } from '../kernel/index.ts';

export const registryErrors = defineErrors('registry', {
  badName: {
    kind: 'invalid',
    message: 'Repository name "{name}" is not allowed',
    hint: 'Use lower-case letters, digits and single separators (. _ __ -), levels divided by "/", at most 255 characters',
  },
  noRepository: {
    kind: 'notFound',
    message: 'Repository "{repository}" does not exist',
    hint: 'List the repositories to see their names',
  },
  badTag: {
    kind: 'invalid',
    message: 'Image tag "{tag}" is not allowed',
    hint: 'Use 1 to 128 letters, digits, ".", "_" and "-", the first a letter, a digit or "_"',
  },
  badDigest: { kind: 'invalid', message: 'Digest "{digest}" is malformed or of an unknown algorithm' },
  wrongDigest: {
    kind: 'invalid',
    message: 'The bytes do not have the digest "{digest}"',
    hint: 'They were changed or cut on the way; push again',
  },
  noManifest: {
    kind: 'notFound',
    message: 'Manifest "{reference}" is not in repository "{repository}"',
    hint: 'List the image tags of the repository',
  },
  badManifest: { kind: 'invalid', message: 'The manifest of "{repository}" is refused: {fault}' },
  manifestTooLarge: { kind: 'invalid', message: 'The manifest is larger than {limitBytes} bytes' },
  missingPart: {
    kind: 'notFound',
    message: 'The manifest names "{digest}", which is not in repository "{repository}"',
    hint: 'Push or mount the blobs and manifests that it names first',
  },
  noBlob: { kind: 'notFound', message: 'Blob "{digest}" is not in repository "{repository}"' },
  blobInUse: {
    kind: 'conflict',
    message: 'Blob "{digest}" belongs to manifest "{manifest}"',
    hint: 'Delete the manifest first',
  },
  noUpload: {
    kind: 'notFound',
    message: 'This upload to "{repository}" does not exist or has ended',
    hint: 'Begin another one',
  },
  wrongRange: {
    kind: 'invalid',
    message: 'The chunk does not follow what is there: {heldBytes} bytes have come so far',
    hint: 'Ask for the state of the upload and go on from there',
  },
  wrongSize: { kind: 'invalid', message: 'The length of the body is not what its headers say: {fault}' },
  uploadBusy: { kind: 'conflict', message: 'Another request is writing to this upload just now' },
  tooBusy: {
    kind: 'unavailable',
    message: 'As many uploads as are allowed ({limit}) are under way',
    hint: 'Try again in a few seconds',
  },
  quota: {
    kind: 'denied',
    message:
      'The quota of "{prefix}" is used up: {usedBytes} of {limitBytes} bytes are taken, {neededBytes} more are needed',
    hint: 'Delete what is not needed, or ask for a larger quota',
  },
  unauthorized: {
    kind: 'denied',
    message: 'A login is needed, or this one is not right',
    hint: 'Log in with a user and password, or with the name and secret of a robot',
  },
  denied: { kind: 'denied', message: 'This identity may not {action} "{repository}"' },
  readOnly: { kind: 'denied', message: 'The registry is read-only' },
  crossSite: { kind: 'denied', message: 'Requests that a web page makes are refused' },
  badPage: { kind: 'invalid', message: 'Page size "{value}" is not a number' },
  badRange: { kind: 'invalid', message: 'The range does not lie in the blob of {sizeBytes} bytes' },
  badMethod: { kind: 'unsupported', message: 'Nothing answers {method} here' },
  stalled: { kind: 'unavailable', message: 'The body came too slowly' },
  gone: { kind: 'cancelled', message: 'The client went away' },
  badRobotName: {
    kind: 'invalid',
    message: 'Robot name "{name}" is not allowed',
    hint: 'Use 1 to 64 lower-case letters, digits, ".", "_", "+" and "-", the first a letter or digit',
  },
  robotTaken: { kind: 'conflict', message: 'Robot "{name}" exists already', hint: 'Choose another name' },
  noRobot: { kind: 'notFound', message: 'Robot "{name}" does not exist', hint: 'List the robots' },
  badPattern: {
    kind: 'invalid',
    message: 'Pattern "{pattern}" is not understood',
    hint: 'Name a repository, all below one as in "openshift/*", or all with "*"',
  },
  noRights: {
    kind: 'invalid',
    message: 'A robot needs a right to at least one repository',
    hint: 'Say what it may do, for example --pull "openshift/*"',
  },
  badExpiry: { kind: 'invalid', message: 'The time at which robot "{name}" is to end has passed' },
  badCertificate: {
    kind: 'invalid',
    message: 'Certificate "{path}" can not be used: {fault}',
    hint: 'Give a PEM file with the certificate of the server first and those of its issuers after it, and the key that belongs to it',
  },
  badKey: {
    kind: 'invalid',
    message: 'Key "{path}" can not be used: {fault}',
    hint: 'Give the private key of the certificate as PEM, without a passphrase',
  },
  badAuthority: {
    kind: 'corrupt',
    message: 'The authority in "{path}" is damaged: {fault}',
    hint: 'Restore it from a copy, or delete the folder: a new one is made, which every client must be told of',
  },
  badHostName: {
    kind: 'invalid',
    message: 'Name "{name}" can not stand in a certificate',
    hint: 'Give DNS names and IP addresses, commas between them',
  },
  listen: {
    kind: 'unavailable',
    message: 'The registry can not listen on {address}: {detail}',
    hint: 'Choose another address or port, or end the program that has it',
  },
});
