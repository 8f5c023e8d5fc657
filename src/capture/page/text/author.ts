import { oneLine } from './tidy.ts';

const marked =
  '[itemprop="author"] [itemprop="name"], [itemprop="author"], [rel="author"], .p-author, .byline, .author';

/** How Chinese pages sign: `作者：张三`, `文/李四`, `记者 王五`. */
const signed =
  /(?:作者|撰文|撰稿|文\s*[/／|｜丨]|(?:本报|实习)?记者)\s*[:：]?\s*([\p{Script=Han}·•A-Za-z][\p{Script=Han}·•A-Za-z. ]{1,19})/u;

/** Who wrote it: what the page names in its metadata, else what is marked in it, else how it is signed. */
export function authorOf(
  document: Document,
  { named, visibleText }: { named: readonly string[]; visibleText: string },
): string {
  const inPage = [...document.querySelectorAll(marked)]
    .slice(0, 5)
    .map((element) => element.textContent)
    .filter((text) => text.trim().length <= 120);
  return (
    [...named, ...inPage].map(clean).find((name) => name !== '') ??
    clean(signature(visibleText.slice(0, 5000)))
  );
}

function signature(text: string): string {
  for (const line of text.split('\n')) {
    const found = line.length <= 120 ? signed.exec(line) : null;
    // The next field of the same line: `作者：张三 来源：日报`.
    if (found) return found[1]!.replace(/\s+(?:来源|编辑|时间|责任|发布|阅读|日期|摄影).*$/u, '');
  }
  return '';
}

/** A name without what introduces it; nothing where a link or a sentence stands in its place. */
function clean(text: string): string {
  const name = oneLine(text, 200)
    .replace(/^(?:(?:written |posted )?by\s+|(?:author|作者|撰文|文)\s*[:：/／|｜]\s*)/i, '')
    .replace(/^[·•|,，\s]+|[·•|,，:：\s]+$/g, '');
  return /^(?:https?:|www\.|@?$)/i.test(name) || name.length > 120 ? '' : name;
}
