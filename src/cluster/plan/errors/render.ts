/** What deriving and rendering refuse, whether or not a plan was checked before. */
export const renderErrors = {
  unknownIngressNode: {
    kind: 'invalid',
    message: 'Node "{name}" is to take 80 and 443, and the plan has no such node',
    hint: 'Name nodes of the plan under "balancer.ingressNodes", or the worker that bootstrap becomes',
  },
  unrenderable: {
    kind: 'invalid',
    message: 'Value "{value}" cannot be written into {format}',
    hint: 'Use letters, digits, points and hyphens in names; "holdfast cluster check" says which field it is',
  },
  badPullSecret: {
    kind: 'invalid',
    message: 'The pull secret cannot be used: {fault}',
    hint: 'Use the pull secret as it was downloaded, JSON with "auths", and add the login of the registry to it',
  },
  badSshKey: {
    kind: 'invalid',
    message: 'The SSH key is no public key on one line',
    hint: 'Name the file that ends with .pub under "secrets.sshKey"',
  },
  badTrustBundle: {
    kind: 'invalid',
    message: 'The trust bundle cannot be used: {fault}',
    hint: 'Name a file with the certificates (PEM) of the authorities alone under "secrets.trustBundle"',
  },
  noIdentity: {
    kind: 'invalid',
    message: 'The registry is to be rendered, and it has no certificate',
    hint: 'Render with "holdfast cluster render", which has Holdfast’s own authority issue one',
  },
  noNameServer: {
    kind: 'invalid',
    message: 'DNS is served by somebody else, and the plan does not say where',
    hint: 'Write the addresses of the name servers under "dns.upstream"',
  },
} as const;
