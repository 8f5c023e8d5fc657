import { defineErrors } from '../../kernel/index.ts';

export const dnsErrors = defineErrors('dns', {
  badName: {
    kind: 'invalid',
    message: '"{name}" in zone "{zone}" is not a host name',
    hint: 'Labels of letters, digits, "-" and "_", at most 63 characters each and 253 in all; "*" stands only in front',
  },
  badZoneName: {
    kind: 'invalid',
    message: '"{name}" cannot be the name of a zone',
    hint: 'Write a full name such as "openshift4.example.com" or "45.225.10.in-addr.arpa"',
  },
  outsideZone: {
    kind: 'invalid',
    message: '"{name}" does not belong to zone "{zone}"',
    hint: 'Write names relative to the zone, or full with a final dot and within the zone',
  },
  badAddress: {
    kind: 'invalid',
    message: '"{address}" of record "{name}" in zone "{zone}" is not an IPv{version} address',
    hint: 'A takes IPv4 ("10.225.45.250"), AAAA takes IPv6 ("fd00::250")',
  },
  badText: {
    kind: 'invalid',
    message: 'The text of record "{name}" in zone "{zone}" is missing or longer than 16 KiB',
    hint: 'Give one text or several',
  },
  badNumber: {
    kind: 'invalid',
    message: '{field} of "{name}" in zone "{zone}" is {value}',
    hint: 'Give a whole number from 0 to {highest}',
  },
  aliasWithData: {
    kind: 'conflict',
    message: '"{name}" in zone "{zone}" is an alias (CNAME) and has other records too',
    hint: 'Keep the CNAME alone, or replace it by the addresses',
  },
  noNameServer: {
    kind: 'invalid',
    message: 'Zone "{zone}" has no name server',
    hint: 'Give at least one host name in "ns"',
  },
  zoneTwice: {
    kind: 'conflict',
    message: 'Zone "{zone}" is given twice',
    hint: 'Put the records of both into one zone',
  },
  badNetwork: {
    kind: 'invalid',
    message: '"{network}" is not a network',
    hint: 'Write it with its length, for example "10.225.45.0/24" or "fd00::/64"',
  },
  openResolver: {
    kind: 'invalid',
    message: 'Network "{network}" would let everybody use this server to ask others',
    hint: 'Name the networks of your nodes, or forward nothing',
  },
  noClients: {
    kind: 'invalid',
    message: 'No network may ask this server',
    hint: 'Name the networks of your nodes in "allowedClients"',
  },
  badUpstream: {
    kind: 'invalid',
    message: '"{upstream}" is not the address of a name server',
    hint: 'Write an IP address, with a port where it is not 53: "10.0.0.53" or "[fd00::53]:5353"',
  },
  upstreamIsSelf: {
    kind: 'invalid',
    message: 'Upstream "{upstream}" is this server itself',
    hint: 'Name another server, or none',
  },
  cannotListen: {
    kind: 'unavailable',
    message: 'Cannot serve DNS on {host} port {port}: {detail}',
    hint: 'See what uses the port ("ss -lunp"); ports below 1024 need rights ("setcap cap_net_bind_service=+ep")',
  },
  notOurAddress: {
    kind: 'unavailable',
    message: 'Cannot serve DNS on {host} port {port}: this machine does not have the address',
    hint: 'Compare with "ip -br address": give the machine the address, or name one of its own',
  },
});
