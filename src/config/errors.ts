import { defineErrors, HoldfastError } from '../kernel/index.ts';

/** `place` is where the value stands: a variable, a flag, or `config.json:<line> "<key>"`. */
export const configErrors = defineErrors('config', {
  invalid: {
    kind: 'invalid',
    message: 'Configuration has faults: {count}',
    hint: 'Every setting and what it takes is described in docs/configuration.md',
  },
  badAddress: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no address to listen on',
    hint: 'Write an IP address (or localhost) and a port from 0 to 65535: 127.0.0.1:8420, [::1]:8420, 0.0.0.0:8420',
  },
  badRange: {
    kind: 'invalid',
    message: '{place} names "{value}", which is no address range',
    hint: 'Write ranges in CIDR form with commas between them: 10.0.0.0/8, fd00::/8',
  },
  badPath: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no path',
    hint: 'Write the path of a folder or a file',
  },
  badMirrors: {
    kind: 'invalid',
    message: '{place} has the rule "{value}", which is not understood',
    hint: 'Write source=mirror, for example quay.io/openshift-release-dev=mirror.example.org:5000/ocp',
  },
  badBrowser: {
    kind: 'invalid',
    message: '{place} is "{value}", which is neither a path nor a CDP address',
    hint: "Write the path of Chromium's program, or the address of a running one: http://127.0.0.1:9222, ws://…",
  },
  badDatabase: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no Postgres address',
    hint: 'Write postgres://user@host/name, or leave it out for the SQLite file in the data folder',
  },
  badDuration: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no duration from {least} to {most}',
    hint: 'Write a number and a unit (ms, s, m, h): 60s, 2m',
  },
  badSize: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no size from {least} to {most}',
    hint: 'Write a number and a unit (KB, MB, GB or KiB, MiB, GiB): 200MB',
  },
  badCount: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no whole number from {least} to {most}',
    hint: 'Write a whole number from {least} to {most}',
  },
  badKeep: {
    kind: 'invalid',
    message: '{place} has the rule "{value}", which is not understood',
    hint: 'Write a tag and a colon where the rule is for that tag, then words: last=10 hourly=24 daily=7 weekly=4 monthly=12 yearly=3 within=30d, or all',
  },
  badOrigin: {
    kind: 'invalid',
    message: '{place} is "{value}", which is no origin',
    hint: 'Write scheme, host and port alone, as a browser shows them: https://keep.example.org',
  },
  badChoice: {
    kind: 'invalid',
    message: '{place} is "{value}", which is none of the choices',
    hint: 'Choose one of: {choices}',
  },
  sameAddress: {
    kind: 'invalid',
    message: '{first} and {second} are both "{value}"',
    hint: 'Give the replay a port of its own: another origin is what keeps saved pages away from your session',
  },
  lonelyOrigin: {
    kind: 'invalid',
    message: '{first} is set and {second} is not',
    hint: 'Behind a reverse proxy both have an address of their own: set {second} too',
  },
  badFile: {
    kind: 'invalid',
    message: 'Configuration file "{path}" is not read: {fault}',
    hint: 'Write one JSON object whose keys are those of docs/configuration.md',
  },
  unknownKey: {
    kind: 'invalid',
    message: '{place} is not a setting',
    hint: 'The nearest name is "{nearest}"',
  },
  portTaken: {
    kind: 'unavailable',
    message: 'Address {address} is in use by another program',
    hint: 'End that program (another Holdfast?), or choose another address in {variable}',
  },
  badWebAddress: {
    kind: 'invalid',
    message: '{place} names "{value}", which is not the address of a web server',
    hint: 'Write it in full, for example https://mirror.example.org/signatures',
  },
  unreadable: {
    kind: 'unavailable',
    message: 'File "{path}", which the configuration names, cannot be read: {detail}',
    hint: 'Check how it is spelled, and that the user that runs Holdfast may read it',
  },
  dataFolder: {
    kind: 'unavailable',
    message: 'Data folder "{path}" cannot be used: {detail}',
    hint: 'Give it to the user that runs Holdfast, or name another folder in HOLDFAST_DATA',
  },
  unknownVariable: {
    kind: 'invalid',
    message: 'Variable {place} is not a setting and has no effect',
    hint: 'The nearest name is {nearest}',
  },
});

/** All faults of a configuration at once; each says where it stands and what is allowed. */
export class ConfigFaults extends HoldfastError {
  readonly faults: readonly HoldfastError[];

  constructor(faults: readonly HoldfastError[]) {
    super('config.invalid', configErrors.table['config.invalid'], { count: faults.length });
    this.faults = faults;
  }
}
