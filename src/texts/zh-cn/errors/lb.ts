import type { RoomErrorTexts } from '../../errors.ts';

/** 负载均衡器错误的简体中文文本。 */
export const lb: RoomErrorTexts<'lb'> = {
  'lb.badName': {
    message: '“{place}”中的名称 {value} 不可用',
    hint: '请使用 1 至 253 个字符，不含控制字符',
  },
  'lb.badAddress': {
    message: '“{place}”的“{field}”为 {value}，不是 IP 地址',
    hint: '请给出 IP 地址；负载均衡器不解析名称',
  },
  'lb.badNumber': { message: '“{place}”的“{field}”为 {value}', hint: '应为 {least} 至 {most} 的整数' },
  'lb.badPath': {
    message: '“{place}”的“{field}”为 {value}',
    hint: '应为以“/”开头、不含空格的路径，最长 1000 个字符',
  },
  'lb.sameName': { message: '名称“{name}”在“{place}”中出现了两次', hint: '请为每一项使用各自的名称' },
  'lb.sameAddress': {
    message: '地址“{address}”在“{place}”中出现了两次',
    hint: '请为每一项使用各自的地址或端口',
  },
  'lb.addressInUse': {
    message: '前端“{frontend}”无法监听 {address}：该地址已被其他程序占用',
    hint: '请用 ss -ltnp "sport = :{port}" 找到该程序并结束它，或让其中之一监听其他地址',
  },
  'lb.listen': {
    message: '前端“{frontend}”无法监听 {address}：{detail}',
    hint: '1024 以下的端口需要 root 或 CAP_NET_BIND_SERVICE；地址必须属于本机',
  },
  'lb.noFrontend': { message: '负载均衡器没有前端“{frontend}”', hint: '现有：{known}' },
  'lb.noBackend': { message: '负载均衡器没有后端“{backend}”', hint: '现有：{known}' },
  'lb.closed': { message: '负载均衡器已关闭', hint: '请重新创建一个' },
};
