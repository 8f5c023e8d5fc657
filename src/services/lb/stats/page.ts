import { fillTemplate } from '../../../kernel/index.ts';
import type { BackendState, BalancerEvent, BalancerState, FrontendState } from '../state.ts';
import type { Verdict } from '../types.ts';
import type { StatsWords } from './words.ts';

const style = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1c1c1c;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
.up{color:#176b2c}.down{color:#b3261e}.unknown{color:#666}h2{margin:1.6rem 0 .2rem;font-size:1.1rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}.up{color:#6fce87}.down{color:#ff8a80}}`;

/** The page of a balancer: no script, nothing from elsewhere, every name escaped; it asks for itself again every 5 s. */
export function statsPage({ startedAt, frontends, events }: BalancerState, words: StatsWords): string {
  return `<!doctype html><html lang="${escapeHtml(words.language)}"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><meta name="viewport" content="width=device-width"><title>${escapeHtml(words.title)}</title><style>${style}</style>
<h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(words.since)} ${time(startedAt)}</p>
${frontends.map((frontend) => section(frontend, words)).join('\n')}
<h2>${escapeHtml(words.events)}</h2><ul>${events.map((event) => `<li>${time(event.at)} ${escapeHtml(sentence(event, words))}</li>`).join('\n')}</ul></html>`;
}

function section(frontend: FrontendState, words: StatsWords): string {
  const { name, listen, available, connections, waiting, refused, backends } = frontend;
  const refusals = Object.entries(words.refusals)
    .map(([reason, word]) => [word, refused[reason as keyof typeof refused]] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
  const facts = [
    `<b class="${available ? 'up' : 'down'}">${escapeHtml(available ? words.available : words.unavailable)}</b>`,
    `${escapeHtml(words.connections)} ${connections}`,
    `${escapeHtml(words.waiting)} ${waiting}`,
    ...(refusals ? [`${escapeHtml(words.refused)} ${escapeHtml(refusals)}`] : []),
  ];
  const head = Object.values(words.columns).map((word) => `<th>${escapeHtml(word)}</th>`);
  return `<h2>${escapeHtml(name)} <small>${escapeHtml(`${listen.host}:${listen.port}`)}</small></h2><p>${facts.join(' · ')}</p>
<table><tr>${head.join('')}</tr>${backends.map((backend) => row(backend, words)).join('\n')}</table>`;
}

function row(backend: BackendState, words: StatsWords): string {
  const { name, temporary, drained, health, weight, share } = backend;
  const marks = [...(temporary ? [words.temporary] : []), ...(drained ? [words.drained] : [])];
  const cells = [
    escapeHtml(name + (marks.length > 0 ? ` (${marks.join(', ')})` : '')),
    escapeHtml(`${backend.address}:${backend.port}`),
    `<span class="${health}">${escapeHtml(words.health[health])}</span> ${time(backend.since)}`,
    backend.lastVerdict ? verdict(backend.lastVerdict, words) : '–',
    share < 1 ? `${weight} × ${share}` : String(weight),
    String(backend.sessions),
    String(backend.sessionsTotal),
    String(backend.connectErrors),
    `${backend.bytesFromClients} / ${backend.bytesToClients}`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

const verdict = ({ reason, detail, at, tookMs }: Verdict, words: StatsWords) =>
  `${escapeHtml(`${words.reasons[reason]} ${detail}`)} (${tookMs} ms) ${time(at)}`;

function sentence(event: BalancerEvent, words: StatsWords): string {
  const { happened } = words;
  switch (event.kind) {
    case 'health': {
      const { frontend, backend, verdict } = event;
      const why = `${words.reasons[verdict.reason]} ${verdict.detail}`.trim();
      return `${fillTemplate(happened.health, { frontend, backend, health: words.health[event.health] })}: ${why}`;
    }
    case 'available':
    case 'unavailable':
      return fillTemplate(happened[event.kind], { frontend: event.frontend });
    case 'drained':
      return fillTemplate(event.by === 'leaves' ? happened.left : happened.drained, {
        backend: event.backend,
      });
    case 'enabled':
      return fillTemplate(happened.enabled, { backend: event.backend });
  }
}

const time = (at: number) => `<time>${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z</time>`;

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
