/** What is found of the files that nodes fetch. */
export const filesFindings = {
  fileServed: { kind: 'unavailable', message: 'Served' },
  fileServedWith: { kind: 'unavailable', message: 'Served, {bytes} bytes' },
  fileMissing: {
    kind: 'notFound',
    message: '"{path}" is not there',
    hint: 'Put it at {file}',
  },
  fileEmpty: { kind: 'corrupt', message: '"{path}" is empty', hint: 'Fetch it again' },
  filesAway: {
    kind: 'unavailable',
    message: '{url} cannot be reached ({detail})',
    hint: 'See that the file service runs and that its port gets through',
  },
  fileStatus: {
    kind: 'notFound',
    message: '{url} is answered with status {status}',
    hint: 'Put the file there',
  },
  fileNoLength: {
    kind: 'unsupported',
    message: '{url} is served without a Content-Length, so that a broken download is not noticed',
    hint: 'Serve it as a file, not through a filter that changes it',
  },
  digestRight: { kind: 'unavailable', message: '{digest}…, as "{place}" says' },
  digestWrong: {
    kind: 'corrupt',
    message: '"{file}" has sha256 {got}, "{place}" says {wanted}',
    hint: 'Fetch it again: it was damaged on its way, or is of another version',
  },
  digestUnknown: { kind: 'unsupported', message: 'No sum to compare with; put the published one at {file}' },
  digestNoFile: { kind: 'notFound', message: '"{file}" is not there' },
  ignitionNotMade: {
    kind: 'notFound',
    message: '"{path}" is not made yet',
    hint: 'Make it within a day of the first boot: holdfast cluster ignition plan.yaml',
  },
  ignitionNotInGeneration: {
    kind: 'notFound',
    message: 'Generation "{generation}" has no "{path}"',
    hint: 'Make another one: holdfast cluster ignition plan.yaml',
  },
  ignitionEnded: {
    kind: 'conflict',
    message: 'The certificates in "{path}" ended at {ends}',
    hint: 'Make others: holdfast cluster ignition plan.yaml',
  },
  ignitionAging: {
    kind: 'conflict',
    message: 'The certificates in "{path}" end at {ends}, too soon to begin with them',
    hint: 'Make others: holdfast cluster ignition plan.yaml',
  },
  ignitionFresh: { kind: 'unavailable', message: 'Generation {generation}, until {ends}' },
  rolesRight: { kind: 'unavailable', message: 'Each of {nodes} installations is given the file of its role' },
  roleOther: {
    kind: 'conflict',
    message: 'The bastion gives {node} {given}, the plan has {planned}',
    hint: 'It runs by an older plan: start "holdfast cluster up" again',
  },
  rolesUnknown: { kind: 'unsupported', message: 'The bastion does not serve files' },
} as const;
