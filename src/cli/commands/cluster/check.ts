import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Issue } from '../../../cluster/plan/index.ts';
import { localizeError } from '../../../texts/index.ts';
import type { Context, GlobalFlags } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { styleFor } from '../../output/style.ts';
import { plainLine } from '../../output/width.ts';
import { verb } from '../../verb.ts';

/** `holdfast cluster check <plan>` */
export function checkCommand(context: Context): Command {
  const { texts } = context;
  return verb('check', texts.cluster.check.about, context)
    .argument('<plan>', texts.cluster.plan)
    .action((file: string, flags: GlobalFlags) => check(context, file, flags));
}

async function check(context: Context, file: string, flags: GlobalFlags): Promise<void> {
  const { texts, io, say, note, sayJson, exitWith } = context;
  const { zoneOf } = await import('../../../cluster/plan/index.ts');
  const { readPlan } = await import('../../../cluster/steps/index.ts');
  const { plan, issues } = await readPlan(resolve(io.cwd, file), { called: file });
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  if (errors > 0) exitWith(exitCodes.notAllGood);
  const warnings = issues.length - errors;
  if (flags.json)
    return sayJson({
      ok: errors === 0,
      file,
      errors,
      warnings,
      issues: issues.map((it) => issueJson(context, it)),
    });
  const t = texts.cluster.check;
  for (const issue of issues) sayIssue(context, issue);
  if (plan && errors === 0) say(t.good(zoneOf(plan), plan.cluster.version.text, plan.nodes.length));
  if (issues.length > 0) note(t.count(errors, warnings));
}

/** An issue as compilers write theirs, so that editors jump to it; the mend and the other place below. */
function sayIssue({ texts, io, language, say }: Context, issue: Issue): void {
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

function issueJson({ language }: Context, issue: Issue) {
  const { message, hint } = localizeError(issue, language);
  return { ...issue, message, ...(hint !== undefined && { hint }) };
}
