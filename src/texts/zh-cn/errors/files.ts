import type { RoomErrorTexts } from '../../errors.ts';

/** 文件服务错误的简体中文文本。 */
export const files: RoomErrorTexts<'files'> = {
  'files.badEntry': {
    message: '无法提供路径“{path}”：{fault}',
    hint: '每个路径只能出现一次，须以“/”开头，各级名称不能是“.”或“..”',
  },
  'files.badPath': {
    message: '路径“{path}”不被允许',
    hint: '请按引导文件中的写法请求路径，不要包含“..”、“\\”和控制字符',
  },
  'files.noFile': { message: '“{path}”处没有文件', hint: '请将所输入的内容与本机的内核参数行对照' },
  'files.unreadable': {
    message: '无法读取“{path}”对应的文件：{detail}',
    hint: '请在堡垒机上确认该文件存在且可读',
  },
  'files.refused': { message: '“{path}”现在不予提供：{reason}' },
  'files.unknownAddress': {
    message: '“{path}”不提供给 {address}：计划中没有使用该地址的机器',
    hint: '请检查内核参数行中“ip=”后面的地址',
  },
  'files.notForNode': {
    message: '“{path}”不是给 {node}（{address}）的，它的角色是 {role}',
    hint: '请检查本机内核参数行中的文件名和地址',
  },
  'files.badMethod': { message: '文件只能用 GET 和 HEAD 读取；不支持 {method}' },
  'files.badRange': { message: '所求范围不在 {sizeBytes} 字节的文件之内' },
  'files.precondition': { message: '文件已不是所请求的版本' },
  'files.changed': { message: '“{path}”对应的文件在发送途中被改动' },
  'files.gone': { message: '客户端已断开' },
  'files.listen': {
    message: '文件服务无法监听 {address}：{detail}',
    hint: 'EADDRINUSE：请结束占用该端口的程序（“ss -ltnp”）；EADDRNOTAVAIL：本机没有该地址（“ip -br address”）',
  },
};
