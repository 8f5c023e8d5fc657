import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Answers, Issue, Question, QuestionId } from '../../../cluster/plan/index.ts';
import { errorText } from '../../../kernel/index.ts';
import { localizeError } from '../../../texts/index.ts';
import type { Context, GlobalFlags } from '../../context.ts';
import { cliErrors } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { plainLine } from '../../output/width.ts';
import { verb } from '../../verb.ts';
import { type Asker, createAsker } from './asker.ts';
import { issueJson, sayIssue } from './issue-lines.ts';

interface InitFlags extends GlobalFlags, Readonly<Partial<Record<QuestionId, string>>> {
  readonly to: string;
  readonly force?: boolean;
}

const schemaFile = fileURLToPath(new URL('../../../../docs/plan.schema.json', import.meta.url));
const optionOf = (id: QuestionId) => `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `holdfast cluster init` */
export function initCommand(context: Context): Command {
  const t = context.texts.cluster.init;
  const command = verb('init', t.about, context)
    .option('--to <file>', t.to, 'plan.yaml')
    .option('--force', t.force);
  for (const id of Object.keys(t.questions) as QuestionId[])
    command.option(`${optionOf(id)} <value>`, t.questions[id]);
  return command.action((flags: InitFlags) => init(context, flags));
}

async function init(context: Context, flags: InitFlags): Promise<void> {
  const { io, texts, say, sayJson, exitWith } = context;
  const { checkPlan, hasErrors, parsePlan, planTextOf, questions } = await import(
    '../../../cluster/plan/index.ts'
  );
  const target = resolve(io.cwd, flags.to);
  const schema = relative(dirname(target), schemaFile);
  const asker = io.stdin.isTTY === true && !flags.json ? createAsker(io) : undefined;
  let answers: Answers = {};
  let issues: readonly Issue[] = [];
  let text = '';
  const look = () => {
    text = planTextOf(answers, texts.cluster.init.comments, schema);
    issues = checkPlan(parsePlan(text, flags.to), { nowMs: Date.now() });
  };
  try {
    answers = await answersOf(context, questions, flags, asker);
    look();
    for (let round = 0; asker && hasErrors(issues) && round < 20; round++) {
      for (const issue of issues) sayIssue(context, issue);
      const again = questions.filter((it) => it.isAsked(answers) && isAbout(it, issues));
      if (again.length === 0) break;
      answers = await answersOf(context, questions, answers, asker, again);
      look();
    }
  } finally {
    asker?.close();
  }
  const ok = !hasErrors(issues);
  if (ok) await write(target, text, flags.force === true);
  else exitWith(exitCodes.notAllGood);
  if (flags.json) return sayJson({ ok, file: flags.to, issues: issues.map((it) => issueJson(context, it)) });
  for (const issue of issues) sayIssue(context, issue);
  if (ok) say(texts.cluster.init.written(plainLine(flags.to)));
}

/** True where an error or what it contradicts is the field that the question is for. */
function isAbout({ path }: Question, issues: readonly Issue[]): boolean {
  const isAt = (other = '') => other === path || other.startsWith(`${path}.`) || other.startsWith(`${path}[`);
  return issues.some((it) => it.severity === 'error' && (isAt(it.path) || isAt(it.contradicts?.path)));
}

/** Every answer: as given, as typed, or the preset; throws where one is badly written or missing and nobody can be asked. */
async function answersOf(
  context: Context,
  questions: readonly Question[],
  given: Answers,
  asker: Asker | undefined,
  again: readonly Question[] = [],
): Promise<Answers> {
  const { faultOfAnswer } = await import('../../../cluster/plan/index.ts');
  const answers: { -readonly [K in keyof Answers]: Answers[K] } = {};
  const missing: string[] = [];
  for (const question of questions) {
    const { id } = question;
    if (!question.isAsked(answers)) continue;
    const preset = question.preset(answers);
    const isGiven = given[id] !== undefined && !again.includes(question);
    if (isGiven || !asker) {
      const answer = given[id] ?? preset;
      if (answer === undefined) {
        if (question.isNeeded) missing.push(optionOf(id));
        continue;
      }
      const fault = faultOfAnswer(question, answer);
      if (fault) throw fault;
      answers[id] = answer;
    } else answers[id] = await ask(context, question, given[id] ?? preset, asker);
  }
  if (missing.length > 0) throw cliErrors.missingAnswers({ options: missing.join(', ') });
  return answers;
}

async function ask(
  context: Context,
  question: Question,
  preset: string | undefined,
  asker: Asker,
): Promise<string> {
  const { faultOfAnswer } = await import('../../../cluster/plan/index.ts');
  const sentence = context.texts.cluster.init.questions[question.id];
  for (;;) {
    const typed = (await asker.ask(`${sentence}${preset ? ` [${plainLine(preset)}]` : ''}: `)).trim();
    const answer = typed === '' ? preset : typed === '-' && question.takes === 'none' ? '' : typed;
    const fault = answer === undefined ? faultOfAnswer(question, '') : faultOfAnswer(question, answer);
    if (answer !== undefined && !fault) return answer;
    if (!fault) continue;
    const { message, hint } = localizeError(fault, context.language);
    context.note(`  ${plainLine(message)}${hint ? `; ${plainLine(hint)}` : ''}`);
  }
}

async function write(target: string, text: string, isForced: boolean): Promise<void> {
  await writeFile(target, text, { flag: isForced ? 'w' : 'wx' }).catch((cause) => {
    throw cliErrors.planExists({ path: target, detail: errorText(cause) }, { cause });
  });
}
