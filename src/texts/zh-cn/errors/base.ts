import type { RoomErrorTexts } from '../../errors.ts';

/** 数据库与摘要错误的简体中文文本。 */
export const base: RoomErrorTexts<'db' | 'digest'> = {
  'db.full': {
    message: '数据库“{place}”无法继续写入：所在磁盘已满',
    hint: '请在其磁盘上腾出空间或扩容，然后重试；已保存的内容不会丢失',
  },
  'db.locked': {
    message: '数据库“{place}”一直被其他进程锁定',
    hint: '请查看是哪个程序打开了该文件（fuser、lsof），结束它后重试',
  },
  'db.newer': {
    message: '数据库“{place}”由更新版本的 Holdfast 写入：它有迁移“{migration}”，而本程序不认识',
    hint: '请启动更新的程序，或恢复升级前的备份',
  },
  'db.badUrl': {
    message: '无法理解数据库地址“{value}”',
    hint: '请写成 postgres://user@host/name，或省略以使用数据目录中的 SQLite 文件',
  },
  'digest.malformed': {
    message: '摘要“{value}”格式错误',
    hint: '请写成 sha256: 后接 64 个小写十六进制数字',
  },
};
