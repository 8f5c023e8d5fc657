import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import { issueJson, sayIssue } from './issue-lines.ts';

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
