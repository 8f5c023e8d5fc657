import type { RoomErrorTexts } from '../../errors.ts';

/** 搜索错误的简体中文文本。 */
export const search: RoomErrorTexts<'search'> = {
  'search.badQuery': {
    message: '查询第 {position} 个字符处，“{fact}:”的值“{value}”无法理解',
    hint: '请写成 {allowed}，或用引号括起整体以按文字搜索',
  },
  'search.tooLong': { message: '查询有 {length} 个字符，超过 {limit} 个', hint: '请搜索较短的一段文字' },
  'search.tooDeep': {
    message: '查询第 {position} 个字符处，括号嵌套超过 {limit} 层',
    hint: '请去掉不需要的括号',
  },
  'search.tooManyTerms': {
    message: '查询到第 {position} 个字符处已超过 {limit} 个词',
    hint: '请减少词数，或用引号括起一段文字',
  },
  'search.notWords': {
    message: '搜索索引不能回答“{type}”，只能回答以与、或连接的词',
    hint: '请在拥有文档的模块中计算事实、否定和全部',
  },
};
