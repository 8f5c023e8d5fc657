/** Files that a plan names. No message has any of their content. */
export const secretErrors = {
  unreadableSecret: {
    kind: 'invalid',
    message: 'File "{path}" of "{field}" cannot be read: {detail}',
    hint: 'Its path is relative to the plan; check how it is spelled and who may read it',
  },
  pullSecretNotJson: {
    kind: 'invalid',
    message: 'The pull secret is no JSON',
    hint: 'Take the file as it was downloaded, with the mirror’s login added; it may stand on several lines',
  },
  pullSecretShape: {
    kind: 'invalid',
    message: 'The pull secret has no "auths"',
    hint: 'Write an object "auths" with an entry for each registry, as "podman login --authfile" writes it',
  },
  pullSecretNoMirror: {
    kind: 'invalid',
    message: 'The pull secret has no login for the mirror {host}',
    hint: 'Add it under "auths", with the port where it is not 443: "holdfast registry robot add" makes one for our own registry',
  },
  pullSecretBadLogin: {
    kind: 'invalid',
    message: 'The pull secret’s entry for {host} is no login',
    hint: 'Write "auth" as base64 of name:password: echo -n name:password | base64 -w0',
  },
  sshKeyMalformed: {
    kind: 'invalid',
    message: 'The SSH key is no public key of OpenSSH',
    hint: 'Name the file that ends with .pub, with one line such as "ssh-ed25519 AAAA…"',
  },
  sshKeyPrivate: {
    kind: 'invalid',
    message: 'The SSH key is a private one',
    hint: 'Name the public key, the file that ends with .pub; this one must not go to the nodes',
  },
  sshKeySeveral: {
    kind: 'invalid',
    message: 'The SSH key’s file has {lines} lines',
    hint: 'Leave one key; others can be added with a MachineConfig',
  },
  sshKeyFips: {
    kind: 'invalid',
    message: 'An ed25519 key is not taken in FIPS mode',
    hint: 'Make an RSA or ECDSA key: ssh-keygen -t ecdsa',
  },
  bundleEmpty: {
    kind: 'invalid',
    message: 'The trust bundle has no certificate',
    hint: 'Name a PEM file with lines "-----BEGIN CERTIFICATE-----"',
  },
  bundlePrivate: {
    kind: 'invalid',
    message: 'The trust bundle has a private key in it',
    hint: 'Leave the certificates alone; it goes to every node',
  },
  bundleMissing: {
    kind: 'invalid',
    message: 'The registry {host} is somebody else’s, and no trust bundle is named',
    hint: 'Name the certificate of its authority in secrets.trustBundle, unless every system trusts it',
  },
  certificateMalformed: {
    kind: 'invalid',
    message: 'Certificate {number} of the trust bundle cannot be read',
    hint: 'Take it from its authority again',
  },
  certificateExpired: {
    kind: 'invalid',
    message: 'Certificate {number} of the trust bundle ended on {date}',
    hint: 'Issue another one, and look at the clock of this machine',
  },
  certificateEarly: {
    kind: 'invalid',
    message: 'Certificate {number} of the trust bundle is not valid before {date}',
    hint: 'Look at the clock of this machine, or issue another one',
  },
  certificateEnding: {
    kind: 'invalid',
    message: 'Certificate {number} of the trust bundle ends on {date}',
    hint: 'Issue another one before the installation',
  },
  certificateNoSan: {
    kind: 'invalid',
    message:
      'Certificate {number} of the trust bundle has its name "{name}" as common name alone, which clients no longer read',
    hint: 'Issue it again with the name as subjectAltName: -addext "subjectAltName=DNS:…"',
  },
  certificateNotAuthority: {
    kind: 'invalid',
    message: 'Certificate {number} of the trust bundle is of no authority',
    hint: 'Name the certificate of the authority that issued it, or issue it with basicConstraints=CA:TRUE',
  },
  certificateOtherHost: {
    kind: 'invalid',
    message: 'No certificate of the trust bundle is for the registry {host}',
    hint: 'Issue one with that name as subjectAltName, or name the certificate of its authority',
  },
} as const;
