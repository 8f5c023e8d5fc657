/** Texts that are not written as they must be, one for each format. */
export const formatErrors = {
  notLabel: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no DNS label',
    hint: 'Use 1 to 63 lower-case letters, digits and hyphens, with none of the hyphens first or last',
  },
  notDomain: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no domain',
    hint: 'Write labels of lower-case letters, digits and hyphens with points between, such as example.com',
  },
  notHost: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no full host name',
    hint: 'Write the name with its domain and without scheme, port and path, such as registry.example.com',
  },
  notAddress: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no IPv4 address',
    hint: 'Write four numbers up to 255 without leading zeros, such as 10.225.45.250',
  },
  notNetwork: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no IPv4 network',
    hint: 'Write an address and the length of its prefix, such as 10.225.45.0/24',
  },
  notTimeServer: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is neither an address nor a host name',
    hint: 'Write an IPv4 address or a full host name',
  },
  notVersion: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no version with its patch',
    hint: 'Write three numbers, such as 4.20.1',
  },
  notRepository: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no repository',
    hint: 'Write lower-case names with slashes between and without host and tag, such as ocp4/openshift4',
  },
  notDisk: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no device',
    hint: 'Write its name below /dev, such as sda, nvme0n1 or disk/by-id/…',
  },
  notInterface: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no network interface',
    hint: 'Use at most 15 letters, digits, points, hyphens and underscores, such as ens192',
  },
  notKernelArgument: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is not one kernel argument',
    hint: 'Write one argument in each item, without spaces, quotes and control characters, such as console=ttyS0',
  },
  notUrlPath: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is no path below the file service',
    hint: 'Write it without a leading slash, "..", spaces and signs that URLs escape, such as rhcos.raw.gz',
  },
  notPath: {
    kind: 'invalid',
    message: '"{field}" is no name of a file',
    hint: 'Put the content into a file beside the plan and name the file here',
  },
} as const;
