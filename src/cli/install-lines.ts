import type { InstallEvent, InstallView, Told } from '../cluster/steps/index.ts';
import { installTexts, localizeTold } from '../texts/index.ts';
import type { Context } from './context.ts';
import { timeText } from './output/formats.ts';
import { styleFor } from './output/style.ts';
import { padTo, plainLine } from './output/width.ts';

/** An event of an installation as lines for a person; none where the picture tells it already. */
export function eventLines(context: Context, event: InstallEvent): readonly string[] {
  const { texts, language, io } = context;
  const t = texts.cluster.install;
  const { steps, nodes, reasons } = installTexts(language);
  const style = styleFor(io.stdout, io.env);
  const say = (it: Told) => plainLine(localizeTold(it, language));
  const at = style.dim(timeText(event.at));
  switch (event.kind) {
    case 'begun':
      return [];
    case 'done':
      return [
        `${at}  ${style.good('✔')} ${style.bold(steps[event.step])}`,
        ...(event.evidence ?? []).map((it) => `    ${say(it)}`),
      ];
    case 'waiting':
      return [
        ...event.waitsFor.map((it) => `${at}  ${steps[event.step]}: ${t.waitsFor} ${say(it)}`),
        ...(event.next ? [`    ${style.warn(t.next)}: ${say(event.next)}`] : []),
      ];
    case 'node':
      return [`${at}  ${event.node}: ${nodes[event.state]}`];
    case 'approved':
      return [`${at}  ${t.approved(plainLine(event.host), event.usage)}`];
    case 'left':
      return [
        `${at}  ${style.warn(t.left(plainLine(event.request), reasons[event.reason], plainLine(event.detail)))}`,
      ];
    case 'warning':
      return [`${at}  ${style.warn(`${steps[event.step]}: ${say(event.told)}`)}`];
    case 'finished':
      return [style.bold(style.good(t.finished))];
  }
}

const marks = { done: '✔', active: '▸', pending: '·' } as const;

/** The picture of an installation as lines. */
export function viewLines(context: Context, view: InstallView): readonly string[] {
  const { texts, language, io } = context;
  const t = texts.cluster.install;
  const { steps, nodes } = installTexts(language);
  const style = styleFor(io.stdout, io.env);
  const say = (it: Told) => plainLine(localizeTold(it, language));
  const lines = [style.bold(`${view.cluster.zone}  OpenShift ${view.cluster.version}`)];
  if (view.state === 'notStarted') lines.push(t.notStarted);
  for (const step of view.steps) {
    const since = step.state === 'active' && step.since !== null ? `  ${t.since(timeText(step.since))}` : '';
    const late = step.late && step.state === 'active' ? `  ${style.warn(t.late)}` : '';
    lines.push(`${marks[step.state]} ${steps[step.id]}${style.dim(since)}${late}`);
    if (step.state !== 'active') continue;
    for (const it of step.waitsFor) lines.push(`    ${t.waitsFor} ${say(it)}`);
    if (step.next) lines.push(`    ${style.warn(t.next)}: ${say(step.next)}`);
  }
  for (const { name, address, state } of view.nodes)
    lines.push(`  ${padTo(name, 16)} ${padTo(address, 16)} ${nodes[state]}`);
  if (view.certificates) {
    const { expiresAt, freshness } = view.certificates;
    lines.push(t.certificates(timeText(expiresAt), texts.cluster.ignition.freshness[freshness]));
  }
  if (view.console !== null) lines.push(`${plainLine(view.console)}  ${plainLine(view.kubeconfig ?? '')}`);
  if (view.state === 'finished') lines.push(style.good(t.finished));
  return lines;
}
