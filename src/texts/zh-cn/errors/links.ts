import type { RoomErrorTexts } from '../../errors.ts';

/** 链接与标签错误的简体中文文本。 */
export const links: RoomErrorTexts<'links'> = {
  'links.notFound': { message: '链接“{link}”不存在', hint: '请用“list”查找' },
  'links.noSnapshot': { message: '快照“{ref}”不存在', hint: '请用快照的编号或摘要，或有快照的链接来指定' },
  'links.inTrash': { message: '链接“{link}”在回收站中', hint: '请先恢复它' },
  'links.malformed': {
    message: '无法理解链接“{url}”',
    hint: '请按浏览器地址栏的写法填写，例如 https://example.com/page',
  },
  'links.refusedScheme': {
    message: '拒绝链接“{url}”：不能保存“{scheme}”链接，只能保存 http、https 和 docker',
    hint: '请给出该页面在其网站服务器上的地址',
  },
  'links.credentials': {
    message: '拒绝链接“{url}”：其中含有用户名或密码，会被明文保存',
    hint: '请去掉“@”之前的部分',
  },
  'links.tooLong': {
    message: '链接“{url}”有 {sizeBytes} 字节，超过 {limitBytes} 字节',
    hint: '请给出页面的地址，而不是其内容',
  },
  'links.badTag': {
    message: '不能使用标签“{tag}”',
    hint: '请使用 1 到 {limit} 个字符，不含逗号和换行；斜杠表示层级：ocp/4.5',
  },
  'links.textTooLong': { message: '字段“{field}”有 {length} 个字符，超过 {limit} 个', hint: '请缩短' },
  'links.badOption': {
    message: '无法理解选项“{option}”的值“{value}”',
    hint: '请给出 {expected}',
  },
  'links.holdLost': {
    message: '正在使用的内容可能已被清理：未能及时续期对它的占用',
    hint: '请重试；机器可能休眠过，或数据库有几分钟无法访问',
  },
  'links.badCursor': { message: '游标“{cursor}”不属于此列表', hint: '请从第一页重新开始' },
  'links.badLinks': {
    message: '没有添加任何链接：{total} 个链接中有 {bad} 个不能保存，第一个是第 {number} 个',
    hint: '请更正所列出的链接，或将其去掉',
  },
};
