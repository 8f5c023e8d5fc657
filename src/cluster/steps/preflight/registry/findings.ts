/** What is found of the registry. */
export const registryFindings = {
  registryAway: {
    kind: 'unavailable',
    message: '{address}:{port} cannot be reached ({detail})',
    hint: 'See that the registry "{host}" runs there and that {port}/tcp gets through, from the nodes as well',
  },
  registryNoTls: {
    kind: 'unsupported',
    message: '{address}:{port} does not speak TLS ({detail})',
    hint: 'Give the registry "{host}" a certificate; nodes do not pull in clear text',
  },
  certificateRight: { kind: 'unavailable', message: 'Issued by {issuer}, until {ends}' },
  certificateEnded: {
    kind: 'conflict',
    message: 'The certificate of "{host}" ended on {ends}',
    hint: 'Issue another one, with "{host}" among its alternative names',
  },
  certificateEndsSoon: {
    kind: 'conflict',
    message: 'The certificate of "{host}" ends on {ends}, in {days} days',
    hint: 'Issue another one before the installation: nodes pull for as long as they run',
  },
  certificateNoNames: {
    kind: 'invalid',
    message:
      'The certificate of "{host}" has a common name and no alternative names, which nodes do not take',
    hint: 'Issue another one with subjectAltName=DNS:{host}',
  },
  certificateOtherName: {
    kind: 'conflict',
    message: '"{host}" is not among the names of its certificate: {names}',
    hint: 'Issue another one with subjectAltName=DNS:{host}',
  },
  certificateUntrusted: {
    kind: 'denied',
    message: 'The certificate of "{host}" is not trusted ({fault}); its issuer is {issuer}',
    hint: 'Put the authority that issued it into the trust bundle of the plan, intermediate ones included',
  },
  noPullSecret: {
    kind: 'notFound',
    message: 'The pull secret "{file}" was not read',
    hint: 'See that the file is there',
  },
  badPullSecret: {
    kind: 'invalid',
    message: 'The pull secret "{file}" cannot be used: {detail}',
    hint: 'It is JSON with a login for each registry under "auths"',
  },
  noLogin: {
    kind: 'notFound',
    message: 'The pull secret has no login for "{host}"',
    hint: 'Add it: podman login --authfile pull-secret.json {host}',
  },
  loginRefused: {
    kind: 'denied',
    message: '{detail}',
    hint: 'Put the login of "{host}" into the pull secret anew, and see that it may read "{repository}"',
  },
  releaseMissing: {
    kind: 'notFound',
    message: 'The release is not in {repository} (looked for {tags})',
    hint: 'Copy it there: holdfast copy, or oc adm release mirror',
  },
  releaseBroken: {
    kind: 'unavailable',
    message: 'The release cannot be pulled from {repository}: {detail}',
    hint: 'Mend what it says; where a part is missing or damaged copy the release again',
  },
  releasePulled: { kind: 'unavailable', message: '{image}, {bytes} bytes checked' },
  anonymousRefused: { kind: 'unavailable', message: 'Without a login {host} gives nothing' },
  anonymousReads: { kind: 'unavailable', message: 'Anybody may read {host} without a login' },
  anonymousUnknown: {
    kind: 'unavailable',
    message: 'Whether {host} is read without a login was not found out: {detail}',
  },
} as const;
