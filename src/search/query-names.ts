import type { FactName, SearchField } from './types.ts';

/** What stands before a colon: a field limits words, a fact is a question of its own. */
export type Scope =
  | { readonly type: 'field'; readonly name: SearchField }
  | { readonly type: 'fact'; readonly name: FactName };

const field = (name: SearchField): Scope => ({ type: 'field', name });
const fact = (name: FactName): Scope => ({ type: 'fact', name });

const names: ReadonlyMap<string, Scope> = new Map([
  ...spellings(field('title'), 'title 标题 標題'),
  ...spellings(field('url'), 'url 网址 網址 链接 連結'),
  ...spellings(field('note'), 'note 备注 備註 笔记 筆記'),
  ...spellings(field('text'), 'text 正文 内容 內容'),
  ...spellings(fact('tag'), 'tag 标签 標籤'),
  ...spellings(fact('site'), 'site 网站 網站 站点 站點'),
  ...spellings(fact('verdict'), 'verdict 结果 結果'),
  ...spellings(fact('before'), 'before 早于 早於'),
  ...spellings(fact('after'), 'after 晚于 晚於'),
  ...spellings(fact('is'), 'is 是'),
]);

function spellings(scope: Scope, list: string): [string, Scope][] {
  return list.split(' ').map((name) => [name, scope]);
}

/** The field or fact of that name, in English or Chinese, in any letter case and width. */
export function findScope(name: string): Scope | undefined {
  return names.get(name.normalize('NFKC').toLowerCase());
}
