import type { RoomErrorTexts } from '../../errors.ts';

/** 预检结果中堡垒机本身、端口、时钟和网络的部分。 */
export const preflightMachine = {
  'preflight.addressHere': { message: '在接口“{name}”上' },
  'preflight.addressElsewhere': {
    message: '本机没有接口使用 {address}；现有 {own}',
    hint: '请在堡垒机上预检，或为它配置地址 {address}',
  },
  'preflight.hostName': { message: '本机名为“{name}”' },
  'preflight.otherHostName': {
    message: '本机自称“{own}”，计划中为“{planned}”',
    hint: 'hostnamectl set-hostname {planned}',
  },
  'preflight.diskFree': { message: '剩余 {free}' },
  'preflight.diskTight': {
    message: '“{folder}”剩余 {free}，少于发行版及其映像宽裕所需的 {wanted}',
    hint: '请腾出空间，或换用更大的磁盘',
  },
  'preflight.diskFull': {
    message: '“{folder}”只剩 {free}',
    hint: '请腾出空间，或换用更大的磁盘：{wanted} 足够',
  },
  'preflight.bastionServes': { message: '正在运行，有应答' },
  'preflight.noBastion': {
    message: '此工作目录上没有运行中的堡垒机',
    hint: '请启动：holdfast cluster up plan.yaml',
  },
  'preflight.portServed': { message: '由堡垒机占用（{service}）' },
  'preflight.portFree': { message: '空闲' },
  'preflight.portNotServed': {
    message: '堡垒机在运行，但未在 {address} 提供 {service}',
    hint: '它是按另一份计划或带 --without {service} 启动的：请重新启动“holdfast cluster up”',
  },
  'preflight.portTaken': {
    message: '{address} 已被 {holder} 占用',
    hint: '请停掉该程序，或由它提供 {service}，并在计划中把 bastion.serves.{service} 设为 external',
  },
  'preflight.portForbidden': {
    message: '当前用户不能监听 {address}',
    hint: '请以 root 运行，或放开限制：sysctl net.ipv4.ip_unprivileged_port_start={port}',
  },
  'preflight.portElsewhere': { message: '{host} 不是本机地址' },
  'preflight.portFails': { message: '无法监听 {address}：{detail}', hint: '请按系统所述修复' },
  'preflight.firewallOpen': { message: '已放行堡垒机提供的服务' },
  'preflight.firewallShut': {
    message: '没有放行 {ports}',
    hint: 'firewall-cmd --permanent {options} && firewall-cmd --reload',
  },
  'preflight.noFirewalld': { message: '未运行；本机若有别的防火墙，须放行 {ports}' },
  'preflight.clockRight': { message: '本机时钟快 {offsetMs} 毫秒（往返 {delayMs} 毫秒，层级 {stratum}）' },
  'preflight.clockOff': {
    message: '本机时钟比 {server} 快 {offsetMs} 毫秒',
    hint: '请让 chrony 跟随它：/etc/chrony.conf 中写“server {server} iburst”，然后 systemctl restart chronyd',
  },
  'preflight.clockWrong': {
    message: '本机时钟比 {server} 快 {offsetMs} 毫秒：在此生成的证书在节点上无效',
    hint: '请先校准：/etc/chrony.conf 中写“server {server} iburst”，systemctl restart chronyd，chronyc makestep',
  },
  'preflight.timeServerUnknown': {
    message: '节点的域名服务器不知道“{server}”',
    hint: '请为它添加记录，或在计划的 timeServers 中写它的地址',
  },
  'preflight.timeServerSilent': {
    message: '{server} 不给出时间（{reason}）',
    hint: '请确认那里运行 NTP 服务，允许本网络，且 123/udp 放行',
  },
  'preflight.timeServerRefuses': {
    message: '{server} 拒绝给出时间（{code}）',
    hint: '请在那里允许本网络（chrony.conf 中的“allow”），并降低询问频率',
  },
  'preflight.timeServerLost': {
    message: '{server} 在运行，但自己也不知道时间',
    hint: '请给它一个时间源，或让它用自己的时钟：在其 chrony.conf 中写“local stratum 10”',
  },
  'preflight.noTimeServers': { message: '计划没有指定时间服务器：每台机器用自己的时钟' },
  'preflight.mtuRight': { message: '接口“{name}”为 {bytes} 字节，Pod 网络为 {pods}' },
  'preflight.mtuSmall': {
    message: '接口“{name}”为 {bytes} 字节，小于常见的 1500',
    hint: '请确认节点是否同样如此；若是则在计划中设置 networks.mtu，否则调大：ip link set {name} mtu 1500',
  },
  'preflight.mtuTooLarge': {
    message: 'networks.mtu 为 {pods}，而“{name}”为 {bytes} 字节，留给 Pod 的只有 {most}',
    hint: '请把 networks.mtu 设为不超过 {most}，或调大网络的 MTU',
  },
  'preflight.mtuUnknown': { message: '未检查：本机没有堡垒机的地址' },
  'preflight.noPing': { message: '未检查：本机没有 ping，或当前用户不能使用' },
  'preflight.gatewaySilent': {
    message: '网关 {gateway} 没有应答',
    hint: '有些网关按规则不应答；否则请检查计划的 networks.gateway 以及网线或 VLAN',
  },
  'preflight.pathNarrow': {
    message: '网关 {gateway} 应答小包，但不应答 {bytes} 字节的包',
    hint: '网络中某处的 MTU 更小：请让所有接口和交换机的 MTU 一致',
  },
  'preflight.gatewayAnswers': { message: '有应答，{bytes} 字节的包也可通过' },
} as const satisfies Partial<RoomErrorTexts<'preflight'>>;
