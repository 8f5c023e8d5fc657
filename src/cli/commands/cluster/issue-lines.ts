import type { Issue } from '../../../cluster/plan/index.ts';
import { localizeError } from '../../../texts/index.ts';
import type { Context } from '../../context.ts';
import { styleFor } from '../../output/style.ts';
import { plainLine } from '../../output/width.ts';

/** An issue as compilers write theirs, so that editors jump to it; the mend and the other place below. */
export function sayIssue({ texts, io, language, say }: Context, issue: Issue): void {
  const t = texts.cluster.check;
  const style = styleFor(io.stdout, io.env);
  const { message, hint } = localizeError(issue, language);
  const label = issue.severity === 'error' ? style.bad(t.error) : style.warn(t.warning);
  const place = `${plainLine(issue.file)}:${issue.line}:${issue.column}`;
  say(`${style.bold(place)}: ${label}: ${plainLine(message)} ${style.dim(`[${issue.code}]`)}`);
  const { contradicts, docs } = issue;
  if (contradicts)
    say(
      `  ${t.contradicts(`${plainLine(issue.file)}:${contradicts.line}:${contradicts.column}`, plainLine(contradicts.path))}`,
    );
  if (hint) say(`  ${texts.error.hint}: ${plainLine(hint)}`);
  if (docs) say(style.dim(`  ${t.source(docs)}`));
}

/** An issue as `--json` gives it, in the reader's language. */
export function issueJson({ language }: Context, issue: Issue) {
  const { message, hint } = localizeError(issue, language);
  return { ...issue, message, ...(hint !== undefined && { hint }) };
}
