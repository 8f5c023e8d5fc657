import type { RoomErrorTexts } from '../../errors.ts';

/** 负载均衡器错误的简体中文文本。 */
export const lb: RoomErrorTexts<'lb'> = {
  'lb.badFrontend': { message: '前端“{frontend}”不可用：“{field}”为 {value}', hint: '应为：{wanted}' },
  'lb.badBackend': {
    message: '前端“{frontend}”的后端“{backend}”不可用：“{field}”为 {value}',
    hint: '应为：{wanted}',
  },
  'lb.twice': { message: '负载均衡器中 {what}“{name}”出现了两次', hint: '请为每一项使用各自的名称和地址' },
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
