/** What is found on the bastion itself, its ports, its clock and its network; what is right has no hint. */
export const machineFindings = {
  addressHere: { kind: 'unavailable', message: 'On interface "{name}"' },
  addressElsewhere: {
    kind: 'notFound',
    message: 'No interface of this machine has {address}; it has {own}',
    hint: 'Run preflight on the bastion, or give it the address {address}',
  },
  hostName: { kind: 'unavailable', message: 'This machine is "{name}"' },
  otherHostName: {
    kind: 'conflict',
    message: 'This machine calls itself "{own}", the plan "{planned}"',
    hint: 'hostnamectl set-hostname {planned}',
  },
  diskFree: { kind: 'unavailable', message: '{free} are free' },
  diskTight: {
    kind: 'unavailable',
    message:
      '{free} are free in "{folder}", fewer than the {wanted} that a release and its images take with ease',
    hint: 'Free some, or use a larger disk',
  },
  diskFull: {
    kind: 'unavailable',
    message: 'Only {free} are free in "{folder}"',
    hint: 'Free some, or use a larger disk: {wanted} are enough',
  },
  bastionServes: { kind: 'unavailable', message: 'It runs, and answers' },
  noBastion: {
    kind: 'unavailable',
    message: 'The bastion does not run on this work folder',
    hint: 'Start it: holdfast cluster up plan.yaml',
  },
  portServed: { kind: 'unavailable', message: 'Held by the bastion ({service})' },
  portFree: { kind: 'unavailable', message: 'Free' },
  portNotServed: {
    kind: 'unavailable',
    message: 'The bastion runs and does not serve {service} on {address}',
    hint: 'It was started by another plan or with --without {service}: start "holdfast cluster up" again',
  },
  portTaken: {
    kind: 'conflict',
    message: '{address} is taken by {holder}',
    hint: 'End that program, or let it serve {service} and set bastion.serves.{service} to external in the plan',
  },
  portForbidden: {
    kind: 'denied',
    message: 'This user may not listen on {address}',
    hint: 'Run it as root, or allow it: sysctl net.ipv4.ip_unprivileged_port_start={port}',
  },
  portElsewhere: { kind: 'unavailable', message: '{host} is no address of this machine' },
  portFails: {
    kind: 'unavailable',
    message: '{address} cannot be listened on: {detail}',
    hint: 'Mend what the system says',
  },
  firewallOpen: { kind: 'unavailable', message: 'It lets through what the bastion serves' },
  firewallShut: {
    kind: 'denied',
    message: 'It does not let through {ports}',
    hint: 'firewall-cmd --permanent {options} && firewall-cmd --reload',
  },
  noFirewalld: {
    kind: 'unsupported',
    message: 'It does not run; another firewall on this machine has to let through {ports}',
  },
  clockRight: {
    kind: 'unavailable',
    message: 'This clock is ahead by {offsetMs} ms (way {delayMs} ms, stratum {stratum})',
  },
  clockOff: {
    kind: 'conflict',
    message: 'This clock is ahead of {server} by {offsetMs} ms',
    hint: 'Let chrony follow it: "server {server} iburst" in /etc/chrony.conf, systemctl restart chronyd',
  },
  clockWrong: {
    kind: 'conflict',
    message:
      'This clock is ahead of {server} by {offsetMs} ms: certificates made here would not hold on nodes',
    hint: 'Set it first: "server {server} iburst" in /etc/chrony.conf, systemctl restart chronyd, chronyc makestep',
  },
  timeServerUnknown: {
    kind: 'notFound',
    message: 'The name servers of the nodes do not know "{server}"',
    hint: 'Add a record for it, or put its address into timeServers of the plan',
  },
  timeServerSilent: {
    kind: 'unavailable',
    message: '{server} gives no time ({reason})',
    hint: 'See that an NTP server runs there, allows this network, and that 123/udp gets through',
  },
  timeServerRefuses: {
    kind: 'denied',
    message: '{server} refuses to give the time ({code})',
    hint: 'Allow this network there ("allow" in chrony.conf), and ask less often',
  },
  timeServerLost: {
    kind: 'unavailable',
    message: '{server} runs and does not know the time itself',
    hint: 'Give it a source, or let it count on its own clock: "local stratum 10" in its chrony.conf',
  },
  noTimeServers: {
    kind: 'unsupported',
    message: 'The plan names no time servers: every machine keeps a clock of its own',
  },
  mtuRight: { kind: 'unavailable', message: '{bytes} bytes on "{name}", {pods} for pods' },
  mtuSmall: {
    kind: 'conflict',
    message: 'Interface "{name}" takes {bytes} bytes, fewer than the usual 1500',
    hint: 'Look whether the nodes have as few; then set networks.mtu in the plan, or raise it: ip link set {name} mtu 1500',
  },
  mtuTooLarge: {
    kind: 'conflict',
    message: 'networks.mtu is {pods}, and "{name}" takes {bytes} bytes, of which {most} are left for pods',
    hint: 'Set networks.mtu to {most} at most, or raise the MTU of the network',
  },
  mtuUnknown: {
    kind: 'unsupported',
    message: 'Not looked at: this machine does not have the address of the bastion',
  },
  noPing: {
    kind: 'unsupported',
    message: 'Not looked at: there is no ping here, or this user may not use it',
  },
  gatewaySilent: {
    kind: 'unavailable',
    message: 'Gateway {gateway} does not answer',
    hint: 'Some do not by rule; else look at networks.gateway of the plan and at the cable or VLAN',
  },
  pathNarrow: {
    kind: 'conflict',
    message: 'Gateway {gateway} answers small packets and none of {bytes} bytes',
    hint: 'Some part of the network takes less: give all interfaces and switches the same MTU',
  },
  gatewayAnswers: { kind: 'unavailable', message: 'It answers, packets of {bytes} bytes too' },
} as const;
