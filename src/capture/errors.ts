import { defineErrors } from '../kernel/index.ts';

export const captureErrors = defineErrors('capture', {
  refusedScheme: {
    kind: 'denied',
    message: 'Link "{url}" is refused: only http and https links can be captured',
    hint: 'Give the address that the page has on its web server',
  },
  refusedAddress: {
    kind: 'denied',
    message: 'Address "{address}" of "{target}" is refused: {reason}',
    hint: 'Loopback, private and other special networks are reached only where HOLDFAST_EGRESS_ALLOW names their range; Holdfast itself never is',
  },
  refusedPort: {
    kind: 'denied',
    message: 'Port {port} of "{target}" is refused: it belongs to a protocol other than the web',
    hint: 'Serve the page on another port; browsers refuse this one as well',
  },
  unresolvable: {
    kind: 'unavailable',
    message: 'No address was found for "{target}": {detail}',
    hint: 'Check how the host is spelled, and that this machine can resolve it (getent hosts)',
  },
  badUrl: {
    kind: 'invalid',
    message: 'Link "{url}" is not a web address',
    hint: 'Write it in full, for example https://example.com/page',
  },
  badRange: {
    kind: 'invalid',
    message: 'Range "{item}" of the allowed networks is not understood',
    hint: 'Write {better}',
  },
  badOwnService: {
    kind: 'invalid',
    message: 'Own server "{item}" is not understood',
    hint: 'Write a literal address and a port, for example 127.0.0.1:8420 or [::]:8421',
  },
  noBrowser: {
    kind: 'unavailable',
    message: 'No browser was found to take snapshots with',
    hint: 'Install it with "apt-get install chromium-headless-shell fonts-noto-cjk", or name one in HOLDFAST_BROWSER',
  },
  browserFailed: {
    kind: 'unavailable',
    message: 'Browser "{path}" did not start: {detail}',
    hint: 'Run it by hand with --version; HOLDFAST_BROWSER names another one',
  },
  cancelled: { kind: 'cancelled', message: 'The capture of "{url}" was cancelled' },
  printFailed: { kind: 'unavailable', message: 'Printing the snapshot to PDF failed: {detail}' },
  browserLost: { kind: 'unavailable', message: 'The browser ended unexpectedly: {detail}' },
  noFormat: {
    kind: 'notFound',
    message: 'Snapshot "{snapshot}" has no format "{format}"',
    hint: 'It has: {formats}',
  },
  tooManyRedirects: { kind: 'unavailable', message: 'Link "{url}" was redirected more than {limit} times' },
  fetchFailed: { kind: 'unavailable', message: 'Fetching "{url}" failed: {detail}' },
  noAnswer: { kind: 'unavailable', message: 'Server "{server}" gave no answer: {detail}' },
  brokenOff: { kind: 'unavailable', message: 'The answer of "{server}" broke off: {detail}' },
  stalled: { kind: 'unavailable', message: 'Server "{server}" sent nothing for {stallMs} ms' },
  unknownAuthority: {
    kind: 'unavailable',
    message: 'The certificate of "{server}" is signed by nobody known: {detail}',
    hint: 'If you trust the authority that signed it, give its certificate with --ca FILE',
  },
  wrongCertificate: {
    kind: 'unavailable',
    message: 'The certificate of "{server}" is not good for it: {detail}',
    hint: 'Ask for the server by a name that its certificate has, or renew the certificate',
  },
  notTls: {
    kind: 'unavailable',
    message: 'Server "{server}" does not answer by TLS: {detail}',
    hint: 'If it is a server without TLS, allow it with --plain-http',
  },
  badAuthority: {
    kind: 'invalid',
    message: 'The given certificate authority cannot be read: {detail}',
    hint: 'Give a file in PEM, which begins with "-----BEGIN CERTIFICATE-----"',
  },
  tooLarge: { kind: 'invalid', message: 'The answer of "{url}" is larger than {limitBytes} bytes' },
  fileBroken: {
    kind: 'unavailable',
    message: 'Fetching "{url}" broke off, and {tries} tries in a row brought nothing: {detail}',
    hint: 'What came is kept where the server allows it; the next try goes on from there',
  },
  fileChanging: {
    kind: 'unavailable',
    message: 'The file at "{url}" changed again and again while it was fetched',
    hint: 'Try again when it is no longer being uploaded',
  },
  badSnapshot: {
    kind: 'corrupt',
    message: 'Snapshot "{snapshot}" cannot be read: {fault}',
    hint: 'Take the snapshot again, or restore the blob from a copy',
  },
  notARelease: {
    kind: 'invalid',
    message: 'Snapshot "{snapshot}" is not one of an OpenShift release',
    hint: 'Name the snapshot of a release image, for example of docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64',
  },
  noImages: {
    kind: 'notFound',
    message: '"{place}" holds no images',
    hint: 'Name the folder that "oc adm release mirror --to-dir" wrote, an OCI image layout, or a tar of one',
  },
  severalImages: {
    kind: 'conflict',
    message: 'Snapshot "{snapshot}" holds several images, so that "{tag}" cannot stand for it',
    hint: 'Leave the tag away, or copy one of its platforms by its digest',
  },
  unsoundRelease: {
    kind: 'denied',
    message: 'Release "{image}" is not copied, since its signature does not hold: {reason}',
    hint: 'Keep it with "holdfast add" to see what is known of it, and ask whoever publishes it',
  },
  taggedRelease: {
    kind: 'invalid',
    message: 'The images of a release keep the tags that oc gives them, so that "{target}" cannot have a tag',
    hint: 'Name the repository alone',
  },
  noProgram: {
    kind: 'notFound',
    message: 'Release {version} has no program "{program}": {fault}',
    hint: 'Take the snapshot again with all platforms, or extract another program',
  },
  unpatchable: {
    kind: 'unsupported',
    message: 'Program "{program}" of release {version} cannot be bound to its release: {fault}',
    hint: 'Use the program as it is with OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE, or ask for a release that this version knows',
  },
  cannotWrite: {
    kind: 'unavailable',
    message: 'File "{path}" cannot be written: {detail}',
    hint: 'Check that its folder is there, may be written to and has space left',
  },
  badRelease: {
    kind: 'corrupt',
    message: 'Release "{image}" cannot be read: {fault}',
    hint: 'Check that the link names a release image, and ask whoever publishes it',
  },
  tooManyExchanges: {
    kind: 'unsupported',
    message: 'The record of the requests is larger than {limitBytes} bytes',
    hint: 'Record fewer requests of this page, or shorter request bodies',
  },
  tooLargeAsHtml: {
    kind: 'unsupported',
    message: 'Snapshot "{snapshot}" would be {sizeBytes} bytes as one HTML file, more than {limitBytes}',
    hint: 'Take it as WACZ with "--as wacz", which keeps every resource once',
  },
});
