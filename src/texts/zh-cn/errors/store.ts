import type { RoomErrorTexts } from '../../errors.ts';

/** 内容存储错误的简体中文文本。 */
export const store: RoomErrorTexts<'store'> = {
  'store.notFound': { message: '存储中没有数据块“{digest}”' },
  'store.tooLarge': { message: '数据块“{what}”超过 {limitBytes} 字节' },
  'store.mismatch': {
    message: '收到的不是预期的数据块：应为“{expected}”，实为“{actual}”',
    hint: '数据在途中被改动或截断；请重新发送',
  },
  'store.corrupt': {
    message: '数据块“{digest}”已损坏：其内容的摘要为“{actual}”',
    hint: '请运行“holdfast verify”查看所有损坏的数据块；重新写入即可修复',
  },
  'store.full': {
    message: '存储“{place}”空间不足：需要 {neededBytes} 字节，剩余 {freeBytes} 字节',
    hint: '请清理或扩大其磁盘后重试；没有留下写了一半的内容',
  },
  'store.unwritable': {
    message: '写入存储“{place}”失败：{detail}',
    hint: '请确认磁盘以读写方式挂载，且该目录属于运行 Holdfast 的用户',
  },
  'store.unreadable': {
    message: '读取“{place}”失败：{detail}',
    hint: '请检查磁盘和目录权限；“holdfast verify”会列出每个无法读取的数据块',
  },
  'store.badRange': { message: '范围 {start} 至 {end} 不在数据块“{digest}”（{sizeBytes} 字节）之内' },
  'store.batchEnded': { message: '这批写入已提交或已放弃；请另开一批' },
  'store.partialBusy': {
    message: '另一个程序正在写入“{key}”',
    hint: '请等它结束后再试',
  },
  'store.sweepBusy': {
    message: '另一个程序正在清理存储“{place}”',
    hint: '请等它结束后再试',
  },
  'store.lost': { message: '数据块“{digest}”在使用期间被清理', hint: '请重试：会重新写入' },
  'store.nothingHeld': {
    message: '没有清理任何内容：存储中有 {blobs} 个数据块，数据库却一个也不认识',
    hint: '请确认 HOLDFAST_DATABASE 与 HOLDFAST_DATA 相互对应；若确实已删除全部链接，请运行“holdfast gc --everything”',
  },
  'store.badPartialKey': { message: '未完成数据块的键“{key}”格式错误' },
  'store.badLayout': {
    message: '目录“{place}”不是 OCI 镜像布局 1.0：{detail}',
    hint: '请指定空目录，或由 Holdfast 创建的目录',
  },
};
