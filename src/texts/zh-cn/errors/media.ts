import type { RoomErrorTexts } from '../../errors.ts';

/** 引导介质错误的简体中文文本。 */
export const media: RoomErrorTexts<'media'> = {
  'media.io': {
    message: '无法对“{path}”执行 {action}：{detail}',
    hint: '请确认路径正确、目录存在，且磁盘有空间再存放一个镜像',
  },
  'media.notIso': {
    message: '“{path}”不是 ISO 9660 镜像：{fault}',
    hint: '请提供 RHCOS 的 installer 或 live ISO，并与公布的 SHA-256 比对',
  },
  'media.truncated': {
    message: '“{path}”有 {sizeBytes} 字节，应有 {neededBytes} 字节',
    hint: '下载被截断；请重新获取镜像并比对 SHA-256',
  },
  'media.noArea': {
    message: '“{path}”中没有可嵌入 {what} 的区域',
    hint: '请使用 4.6 或更新版本的 RHCOS live ISO；4.6 及更早版本的内核参数改为写入引导菜单',
  },
  'media.badArea': {
    message: '“{path}”中用于 {what} 的区域不可用：{fault}',
    hint: '请重新获取镜像并比对 SHA-256；它已损坏或并非来自 Red Hat',
  },
  'media.tooLarge': {
    message: '{what} 需要 {neededBytes} 字节，“{path}”中的区域只有 {areaBytes} 字节',
    hint: '请嵌入一个按地址获取大配置的小配置，或去掉一些参数',
  },
  'media.badArgument': {
    message: '内核参数“{argument}”不能写入引导菜单',
    hint: '请使用字母、数字和 . _ , : = / @ % + ~ [ ] ? -，不含空格',
  },
  'media.badIgnition': {
    message: 'Ignition 配置被拒绝：{fault}',
    hint: '请提供 openshift-install 生成的 JSON',
  },
  'media.sameFile': { message: '新镜像会覆盖它的来源“{path}”', hint: '请指定另一个文件或目录' },
  'media.noMenu': {
    message: '“{path}”中没有可识别的引导菜单：{fault}',
    hint: '请使用 4.5 及更早版本的 RHCOS installer ISO，或 4.6 及更新版本的 live ISO',
  },
  'media.noXorriso': {
    message: '修改“{path}”的引导菜单需要 xorriso，但尚未安装',
    hint: '请安装软件包 xorriso，或在控制台手工输入内核参数行',
  },
  'media.xorriso': { message: 'xorriso 无法写入“{path}”：{detail}' },
  'media.notWritten': {
    message: '“{path}”读回的内容与写入的不一致：{fault}',
    hint: '请检查磁盘；该文件已删除',
  },
  'media.cancelled': { message: '镜像未完成：操作已取消' },
};
