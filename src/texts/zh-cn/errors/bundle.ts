import type { RoomErrorTexts } from '../../errors.ts';

/** 数据包、回执与修复错误的简体中文文本。 */
export const bundle: RoomErrorTexts<'bundle'> = {
  'bundle.nothing': {
    message: '没有可携带的内容：{selection} 没有保存了内容的快照',
    hint: '“holdfast list”列出现有内容；请用“holdfast snapshot <link> --wait”拍摄快照',
  },
  'bundle.missingBlob': {
    message: '“{url}”的快照“{snapshot}”缺少数据块“{digest}”，因此无法携带',
    hint: '请运行“holdfast verify”，重新拍摄快照，或略去该链接',
  },
  'bundle.corruptBlob': {
    message: '数据块“{digest}”在此处已损坏，因此不予携带：其内容的摘要为“{actual}”',
    hint: '请运行“holdfast verify”，删除该数据块并重新拍摄其快照，然后再次导出：已写出的内容会保留',
  },
  'bundle.noSpace': {
    message: '目录“{place}”空间不足：需要 {neededBytes} 字节，剩余 {freeBytes} 字节',
    hint: '请腾出空间或另选位置，然后再次运行同一命令：会从中断处继续',
  },
  'bundle.occupied': {
    message: '目录“{place}”中已有其他内容：“{name}”',
    hint: '请指定空目录，或开始同一次导出时所用的目录',
  },
  'bundle.unwritable': {
    message: '写入“{place}”失败：{detail}',
    hint: '请确认介质可写且有空间，然后再次运行同一命令：会从中断处继续',
  },
  'bundle.unreadable': { message: '读取“{place}”失败：{detail}', hint: '请检查名称、介质和权限' },
  'bundle.noBundle': {
    message: '文件夹“{place}”中没有离线包：缺少 bundle.json',
    hint: '请指定“holdfast export --to”写入的文件夹；导出完成后其中才有 bundle.json',
  },
  'bundle.badPartSize': {
    message: '无法理解分卷大小“{value}”',
    hint: '请写数字和单位（MiB、GiB、MB、GB），至少 4 MiB：4GiB',
  },
  'bundle.tooLarge': {
    message: '数据包的索引将有 {sizeBytes} 字节，超过 {limitBytes} 字节',
    hint: '请分成几个数据包携带，例如每个标签一个',
  },
  'bundle.badIndex': {
    message: '“{place}”不是数据包的索引：{fault}',
    hint: '请从制作数据包处重新复制 bundle.json；数据包完成后才会有此文件',
  },
  'bundle.unsigned': {
    message: '数据包“{place}”没有签名，而只信任密钥“{key}”所签名的内容',
    hint: '请制作者用 --sign 导出，并一同复制 bundle.json.sig',
  },
  'bundle.badSignature': {
    message: '拒绝数据包“{place}”：{fault}',
    hint: '没有导入其中任何内容；请重新复制 bundle.json 和 bundle.json.sig，或询问是谁用哪个密钥签名的',
  },
  'bundle.badKey': {
    message: '文件“{place}”不是可在此使用的密钥（{what}）：{detail}',
    hint: '应为没有口令的 Ed25519 密钥（PEM）；“holdfast export --new-key FILE”可生成',
  },
  'bundle.keyExists': { message: '文件“{place}”已存在，不会覆盖', hint: '请为新密钥另取名称' },
  'bundle.badReceipt': {
    message: '无法理解回执“{place}”：{fault}',
    hint: '请在对方用“holdfast receipt -o FILE”重新生成',
  },
  'bundle.badReport': {
    message: '无法理解报告“{place}”：{fault}',
    hint: '请在对方用“holdfast verify DIR --report FILE”重新生成',
  },
  'bundle.nothingToRepair': {
    message: '报告“{place}”没有指出有问题的分块',
    hint: '它所说的数据包是完好的：请直接导入',
  },
  'bundle.unrepairable': {
    message: '无法重新生成“{part}”的第 {chunk} 个分块：{fault}',
    hint: '请在对方运行“holdfast receipt”，再用“holdfast export --receipt”制作新的数据包',
  },
  'bundle.badRepair': {
    message: '修复数据“{place}”不起作用：{fault}',
    hint: '请用 --report 再检查一次数据包，并按该报告制作修复数据',
  },
  'bundle.damaged': { message: '“{part}”的第 {chunk} 个分块有误：{fault}' },
  'bundle.badSnapshot': {
    message: '数据包中的快照“{digest}”与其所述不符：{fault}',
    hint: '请向制作者索取新的数据包；该快照的任何内容都没有登记',
  },
};
