import type { RoomErrorTexts } from '../../errors.ts';

/** services/dns 的错误。 */
export const dns: RoomErrorTexts<'dns'> = {
  'dns.badName': {
    message: '区域“{zone}”中的“{name}”不是主机名',
    hint: '每段由字母、数字、“-”和“_”组成，每段最多 63 个字符，总共最多 253 个；“*”只能位于最前面',
  },
  'dns.badZoneName': {
    message: '“{name}”不能作为区域的名称',
    hint: '请填写完整的名称，例如“openshift4.example.com”或“45.225.10.in-addr.arpa”',
  },
  'dns.outsideZone': {
    message: '“{name}”不属于区域“{zone}”',
    hint: '请使用相对于区域的名称，或以点结尾且位于区域内的完整名称',
  },
  'dns.badAddress': {
    message: '区域“{zone}”的记录“{name}”中的“{address}”不是 IPv{version} 地址',
    hint: 'A 记录填写 IPv4（“10.225.45.250”），AAAA 记录填写 IPv6（“fd00::250”）',
  },
  'dns.badText': {
    message: '区域“{zone}”的记录“{name}”没有文本，或文本超过 16 KiB',
    hint: '请填写一段或多段文本',
  },
  'dns.badNumber': {
    message: '区域“{zone}”中“{name}”的 {field} 为 {value}',
    hint: '请填写 0 到 {highest} 之间的整数',
  },
  'dns.aliasWithData': {
    message: '区域“{zone}”中的“{name}”是别名（CNAME），同时还有其他记录',
    hint: '请只保留 CNAME，或用地址记录代替它',
  },
  'dns.noNameServer': {
    message: '区域“{zone}”没有名称服务器',
    hint: '请在“ns”中至少填写一个主机名',
  },
  'dns.zoneTwice': { message: '区域“{zone}”出现了两次', hint: '请把两处的记录合并到一个区域' },
  'dns.badNetwork': {
    message: '“{network}”不是网段',
    hint: '请写明前缀长度，例如“10.225.45.0/24”或“fd00::/64”',
  },
  'dns.openResolver': {
    message: '网段“{network}”会让任何人都能借此服务器向外查询',
    hint: '请填写节点所在的网段，或不转发任何查询',
  },
  'dns.noClients': {
    message: '没有任何网段可以查询此服务器',
    hint: '请在“allowedClients”中填写节点所在的网段',
  },
  'dns.badUpstream': {
    message: '“{upstream}”不是名称服务器的地址',
    hint: '请填写 IP 地址，端口不是 53 时加上端口：“10.0.0.53”或“[fd00::53]:5353”',
  },
  'dns.upstreamIsSelf': {
    message: '上游“{upstream}”就是此服务器自己',
    hint: '请填写另一台服务器，或不填写',
  },
  'dns.notOurAddress': {
    message: '无法在 {host} 端口 {port} 提供 DNS：本机没有该地址',
    hint: '请与“ip -br address”的输出对照：为本机配置该地址，或改用本机已有的地址',
  },
  'dns.cannotListen': {
    message: '无法在 {host} 端口 {port} 提供 DNS 服务：{detail}',
    hint: '请查看哪个程序占用了该端口（“ss -lunp”）；1024 以下的端口需要权限（“setcap cap_net_bind_service=+ep”）',
  },
};
