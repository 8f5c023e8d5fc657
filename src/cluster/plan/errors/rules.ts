/** What the rules find in a plan that is well written. */
export const ruleErrors = {
  networksOverlap: {
    kind: 'invalid',
    message: '"{field}" {value} overlaps "{other}" {otherValue}',
    hint: 'Choose a network for one of them that is used nowhere else',
  },
  hostBits: {
    kind: 'invalid',
    message: '"{field}" is {value}, an address within its network',
    hint: 'Write {base}',
  },
  reservedNetwork: {
    kind: 'invalid',
    message: '"{field}" {value} overlaps {other}, which OVN-Kubernetes takes for itself',
    hint: 'Choose another network',
  },
  outsideNetwork: {
    kind: 'invalid',
    message: '"{field}" {value} is outside the machine network {network}',
    hint: 'Correct the address, or the network in networks.machine',
  },
  addressOfPods: {
    kind: 'invalid',
    message: '"{field}" {value} is within "{other}" {network}',
    hint: 'Choose another network for pods or services: what is in it is not reached from inside the cluster',
  },
  networkAddress: {
    kind: 'invalid',
    message: '"{field}" {value} is the address of the network {network} itself, or its broadcast',
    hint: 'Choose an address between the first and the last',
  },
  hostPrefixTooShort: {
    kind: 'invalid',
    message: 'hostPrefix {hostPrefix} is larger than the network of pods, {cidr}',
    hint: 'Write a hostPrefix greater than the prefix of networks.pods.cidr, such as 23',
  },
  hostPrefixTooLong: {
    kind: 'invalid',
    message: 'hostPrefix {hostPrefix} leaves a node no room for pods',
    hint: 'Write 23, which gives 510 addresses',
  },
  fewPods: {
    kind: 'invalid',
    message: 'hostPrefix {hostPrefix} gives a node {pods} addresses, and it takes {wanted} pods',
    hint: 'Write 23, which gives 510 addresses; it cannot be changed later',
  },
  fewNodes: {
    kind: 'invalid',
    message:
      'The network of pods {cidr} has {parts} parts with hostPrefix {hostPrefix}, and there are {nodes} nodes',
    hint: 'Write a larger network, or a greater hostPrefix',
  },
  nameTwice: {
    kind: 'invalid',
    message: 'Name "{value}" of "{field}" is also that of "{other}"',
    hint: 'Give one of them another name',
  },
  addressTwice: {
    kind: 'invalid',
    message: 'Address {value} of "{field}" is also that of "{other}"',
    hint: 'Give one of them another address',
  },
  becomesExisting: {
    kind: 'invalid',
    message: 'Bootstrap becomes "{value}", and "{other}" has that name already',
    hint: 'Name the worker that bootstrap is installed as, and list it nowhere else',
  },
  nameReserved: {
    kind: 'invalid',
    message: 'Name "{value}" of "{field}" belongs to the cluster',
    hint: 'Choose another one: api, api-int, apps and etcd-0, etcd-1 … have records of their own',
  },
  hostTaken: {
    kind: 'invalid',
    message: '"{host}" is the registry at {address} and also "{other}" at {otherAddress}',
    hint: 'Give the registry a name of its own, or the same address',
  },
  hostAbove: {
    kind: 'invalid',
    message:
      'The registry’s name {host} stands above the cluster’s zone {zone}, so DNS of the bastion does not answer it',
    hint: 'Choose a name in the zone, or see that upstream DNS knows it',
  },
  hostTooLong: {
    kind: 'invalid',
    message: 'The full name "{host}" has {length} characters, more than {limit}',
    hint: 'Shorten the node’s name, the cluster’s name or the base domain: Kubernetes takes it as a label',
  },
  entranceAtNode: {
    kind: 'invalid',
    message: '"{field}" {value} is the address of node "{node}"',
    hint: 'Point it at the balancer: a node alone takes the whole cluster down with it',
  },
  mastersCount: {
    kind: 'invalid',
    message: 'There are {count} masters',
    hint: 'Plan three, so that etcd keeps its majority when one is lost; or one, from 4.8',
  },
  singleTooOld: {
    kind: 'invalid',
    message: 'OpenShift {version} cannot be installed on one master',
    hint: 'Plan three masters, or take 4.8 or later',
  },
  singleNetwork: {
    kind: 'invalid',
    message: 'A single node needs the network type OVNKubernetes',
    hint: 'Write networks.type: OVNKubernetes',
  },
  singleBootstrap: {
    kind: 'invalid',
    message: 'A single node bootstraps in place and has no bootstrap machine',
    hint: 'Leave this node out, or plan three masters',
  },
  bootstrapMissing: {
    kind: 'invalid',
    message: 'No node has the role bootstrap',
    hint: 'Add one; it can become a worker afterwards (becomes)',
  },
  bootstrapTwice: { kind: 'invalid', message: 'A second node has the role bootstrap', hint: 'Leave one' },
  becomesOfOther: {
    kind: 'invalid',
    message: 'Node "{node}" is not bootstrap and becomes nothing',
    hint: 'Leave "becomes" out',
  },
  ingressEmpty: {
    kind: 'invalid',
    message: 'No node takes 80 and 443',
    hint: 'Name nodes in balancer.ingressNodes, or leave the field out',
  },
  ingressBootstrap: {
    kind: 'invalid',
    message: 'Node "{name}" is bootstrap, which takes no ingress',
    hint: 'Name the worker that it becomes, or another node',
  },
  ingressTwice: {
    kind: 'invalid',
    message: 'Node "{name}" stands twice in balancer.ingressNodes',
    hint: 'Leave one',
  },
  ingressAtMaster: {
    kind: 'invalid',
    message: 'Node "{name}" is to take 80 and 443, and masters take no ordinary pods here',
    hint: 'Name workers, or set cluster.mastersSchedulable to true',
  },
  ingressMisses: {
    kind: 'invalid',
    message: '80 and 443 do not go to the workers {names}, where the routers may come to run',
    hint: 'Add them to balancer.ingressNodes, or place the routers by a node selector',
  },
  nothingSchedulable: {
    kind: 'invalid',
    message: 'Masters take no ordinary pods, and there are no workers',
    hint: 'Add workers, or leave cluster.mastersSchedulable out',
  },
  portTwice: {
    kind: 'invalid',
    message: '{what} wants port {port} of {address}, which {other} has',
    hint: 'Choose another port, or another address for one of them',
  },
  registryElsewhere: {
    kind: 'invalid',
    message: 'The bastion is to serve the registry, and it stands at {address} and not at {bastion}',
    hint: 'Leave registry.address out, or write bastion.serves.registry: external',
  },
  balancerElsewhere: {
    kind: 'invalid',
    message: '"{field}" {value} is not the address of the bastion, which serves the balancer',
    hint: 'See that the bastion has this address too, or write bastion.serves.balancer: external',
  },
  imagePath: {
    kind: 'invalid',
    message: 'Image "{image}" stands where ignition files are written',
    hint: 'Choose a path outside ignition/',
  },
  upstreamItself: {
    kind: 'invalid',
    message: 'DNS of the bastion would ask itself at {address}',
    hint: 'Name another DNS server, or none behind an air gap',
  },
  upstreamNode: {
    kind: 'invalid',
    message: 'DNS would ask node "{node}" at {address}',
    hint: 'Name a DNS server that is there before the cluster',
  },
  etcdRecords: {
    kind: 'invalid',
    message:
      'Up to 4.3 nodes look for etcd by the records etcd-0, etcd-1 … and _etcd-server-ssl._tcp, and DNS is somebody else’s',
    hint: 'Give its keeper the rendered zone, and let "holdfast cluster preflight" ask for them',
  },
  noTime: {
    kind: 'invalid',
    message: 'Nodes have no time server, and no internet to have the time from',
    hint: 'Name one in timeServers, such as the bastion: certificates are refused when clocks differ',
  },
  timeServerUnknown: {
    kind: 'invalid',
    message: 'Time server "{server}" has a name that DNS here does not know',
    hint: 'Write its address, or name the DNS server that knows it in dns.upstream',
  },
  timeServerNode: {
    kind: 'invalid',
    message: 'Time server "{server}" is node "{node}", which needs the time itself',
    hint: 'Name a machine that is there before the cluster, such as the bastion',
  },
  versionUnknown: {
    kind: 'invalid',
    message: 'OpenShift "{version}" cannot be installed from a plan',
    hint: 'Write a version of 4.1 or later',
  },
  versionNew: {
    kind: 'invalid',
    message: 'OpenShift {version} is newer than {newest}, which the rules of this check were written for',
    hint: 'Look into the release notes for what changed',
  },
  rhcosNewer: {
    kind: 'invalid',
    message: 'RHCOS {rhcos} is newer than OpenShift {version}',
    hint: 'Take the highest RHCOS that is not newer',
  },
  rhcosIgnition: {
    kind: 'invalid',
    message: 'RHCOS {rhcos} does not read the Ignition files of OpenShift {version}',
    hint: 'Take RHCOS of the same minor version: from 4.6 on Ignition is of another format',
  },
  rhcosOlder: {
    kind: 'invalid',
    message: 'RHCOS {rhcos} is of an older minor version than OpenShift {version}',
    hint: 'Take the highest RHCOS of the same minor version that is not newer',
  },
  sdnGone: {
    kind: 'invalid',
    message: 'OpenShiftSDN cannot be installed from 4.15 on',
    hint: 'Write networks.type: OVNKubernetes',
  },
  sdnDeprecated: {
    kind: 'invalid',
    message: 'OpenShiftSDN is deprecated in 4.14 and ends with 4.17',
    hint: 'Write networks.type: OVNKubernetes',
  },
  ovnPreview: {
    kind: 'invalid',
    message: 'OVNKubernetes is a technology preview up to 4.5',
    hint: 'Write networks.type: OpenShiftSDN',
  },
  architectureTooNew: {
    kind: 'invalid',
    message: 'Architecture {architecture} comes with {since}, and the version is {version}',
    hint: 'Take a later version, or nodes of another architecture',
  },
  fipsTooOld: {
    kind: 'invalid',
    message: 'OpenShift {version} has no FIPS mode',
    hint: 'Set cluster.fips to false, or take 4.3 or later',
  },
  fipsHost: {
    kind: 'invalid',
    message: 'A cluster in FIPS mode has to be installed from a machine in FIPS mode',
    hint: 'Run "holdfast cluster ignition" on RHEL 9 in FIPS mode, with the openshift-install-fips of the release',
  },
  argumentDerived: {
    kind: 'invalid',
    message: 'Kernel argument "{argument}" says again what the plan writes by itself',
    hint: 'Leave it out; the plan has it from "{field}"',
  },
  argumentTooOld: {
    kind: 'invalid',
    message: 'Kernel argument "{argument}" is not known to OpenShift {version}',
    hint: 'Leave it out: from 4.6 on a live system installs itself',
  },
  argumentTooNew: {
    kind: 'invalid',
    message: 'Kernel argument "{argument}" is not known to OpenShift {version}',
    hint: 'Leave it out: it comes with the live system of 4.6',
  },
} as const;
