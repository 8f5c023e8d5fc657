/** What is found of names, and of the ways through the balancer; `record` is the record as it must be. */
export const namesFindings = {
  nameRight: { kind: 'unavailable', message: '{answer}' },
  nameServerSilent: {
    kind: 'unavailable',
    message: 'Name server {server} gives no answer over {transport} ({reason})',
    hint: 'See that it runs there and that 53/{transport} gets through, from the nodes as well',
  },
  noSuchName: {
    kind: 'notFound',
    message: '{server} says {rcode} over {transport}',
    hint: 'Add the record at {server}: {record}',
  },
  noRecord: {
    kind: 'notFound',
    message: '{server} knows the name and no {type} record of it',
    hint: 'Add the record at {server}: {record}',
  },
  wrongRecord: {
    kind: 'conflict',
    message: '{server} answers {answered}, it must be {wanted}',
    hint: 'Change the record at {server}: {record}',
  },
  moreRecords: {
    kind: 'conflict',
    message: '{server} answers {extra} besides {wanted}',
    hint: 'Leave this one alone at {server}: {record}',
  },
  moreNames: {
    kind: 'conflict',
    message: '{server} has further names for it: {extra}',
    hint: 'A machine may take one of them for its own name; leave at {server}: {record}',
  },
  madeUpName: {
    kind: 'conflict',
    message: '{server} answers {answered} for "{name}", which nobody has',
    hint: 'Take the wildcard *.{zone} out at {server}; only *.apps.{zone} may be one',
  },
  nameAbsent: { kind: 'unavailable', message: 'Nobody has "{name}", and nobody says so' },
  noNameServers: {
    kind: 'invalid',
    message: 'The plan leaves DNS to others and does not say who that is',
    hint: 'Put their addresses into dns.upstream',
  },
  noUpstream: { kind: 'unsupported', message: 'The plan has none: names outside are refused' },
  upstreamAnswers: { kind: 'unavailable', message: '{server} answers' },
  upstreamSilent: {
    kind: 'unavailable',
    message: '{server} gives no answer ({reason}): names outside of the plan take seconds to fail',
    hint: 'Behind an air gap leave dns.upstream empty; else see that {server} can be reached from the bastion',
  },
  tokenRead: { kind: 'unavailable', message: 'Read through {address}' },
  noFrontend: {
    kind: 'notFound',
    message: 'The balancer that runs does not have port {port}',
    hint: 'It was started by another plan: start "holdfast cluster up" again',
  },
  balancerInUse: {
    kind: 'conflict',
    message:
      'Not probed: port {port} is in use ({reason}), and nothing is put between a node and its clients',
  },
  otherAnswers: {
    kind: 'conflict',
    message: 'Somebody else answers at {address}:{port} for {name} (status {status})',
    hint: 'Let {name} lead to {planned}, and end what else listens there on {port}',
  },
  wayBroken: {
    kind: 'unavailable',
    message: '{address}:{port} takes the connection for {name} and breaks it off ({detail})',
    hint: 'Let {name} lead to {planned}; look for another program or filter between that takes {port}',
  },
  portShut: {
    kind: 'unavailable',
    message: '{address}:{port} cannot be reached for {name} ({detail})',
    hint: 'See that the balancer listens on {planned}:{port}, that {name} leads there, and that {port}/tcp gets through',
  },
  stubsRead: { kind: 'unavailable', message: 'Read from {nodes}' },
  someStubsRead: {
    kind: 'unavailable',
    message: 'Read from {nodes}; not proven for {missing}',
    hint: 'Run on each machine with the address of a node: holdfast cluster stub plan.yaml --node {missing}; or look at the backends of the balancer',
  },
  wrongStub: {
    kind: 'conflict',
    message: 'Port {port} leads to port {itsPort} of {node}',
    hint: 'At the balancer let {port} lead to {port} of {planned}',
  },
  notOurStub: {
    kind: 'unavailable',
    message:
      'Something answers on {port} (status {status}), so that the way is open; whether it is a node is not proven',
    hint: 'Before the cluster is up, run on a machine with the address of a node: holdfast cluster stub plan.yaml --node NAME',
  },
  onlyOpen: {
    kind: 'unavailable',
    message: 'Port {port} is open and nobody is behind it; that it leads to {missing} is not proven',
    hint: 'Run on a machine with the address of a node: holdfast cluster stub plan.yaml --node NAME',
  },
} as const;
