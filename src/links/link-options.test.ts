import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { parseLinkOptions } from './link-options.ts';

/** For `registry.test`, good for a hundred years. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUcbRtvKvjnBaeypj8cVd3hmVKJm0wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNcmVnaXN0cnkudGVzdDAgFw0yNjExMjUxNTQ3NDNaGA8yMTI2
MTEwMTE1NDc0M1owGDEWMBQGA1UEAwwNcmVnaXN0cnkudGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABPu06rs4eU0qwjKWcnQOTq8bHf2GCr3hwu6PpMTH6gED
Yy8FrpllV2CTFmo70vtjEvbZ1NGCLbwqD4nlP3G6ouGjbTBrMB0GA1UdDgQWBBQa
MfwJ939/+PEmX6jnO11WYivZ0TAfBgNVHSMEGDAWgBQaMfwJ939/+PEmX6jnO11W
YivZ0TAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDXJlZ2lzdHJ5LnRlc3Qw
CgYIKoZIzj0EAwIDSQAwRgIhAKLjdzp+6GZ/kwkCXdlIpVIHQ/ldsM3XB/znInGJ
xXhPAiEAxi8MOCh1fbQPIuBf0k4z2OMx8wLt82ybNX7LxPJZoJk=
-----END CERTIFICATE-----
`;
const key =
  '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n';

test('parseLinkOptions() keeps what says something, in one form', () => {
  assert.deepEqual(parseLinkOptions(), {});
  assert.deepEqual(parseLinkOptions({ plainHttp: false, platforms: [] }), {});
  const checksum = `sha256:${'a'.repeat(64)}`;
  assert.deepEqual(
    parseLinkOptions({
      checksum,
      ca: cert,
      plainHttp: true,
      platforms: ['linux/s390x', 'linux/arm64/v8', 'linux/s390x'],
    }),
    { checksum, ca: cert, plainHttp: true, platforms: ['linux/arm64/v8', 'linux/s390x'] },
  );
});

test('parseLinkOptions() refuses what cannot be meant, and never keeps a key', () => {
  for (const bad of [
    { checksum: 'md5:123' },
    { checksum: `sha256:${'A'.repeat(64)}` },
    { platforms: ['linux'] },
    { platforms: ['linux/../etc'] },
    { ca: 'not a certificate' },
    { ca: cert + key },
    { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
  ])
    assert.throws(
      () => parseLinkOptions(bad),
      (error) => hasCode(error, 'links.badOption'),
      JSON.stringify(bad),
    );
});
