import type { Expectation } from './case.ts';
import { colourAt, differingShare, firstDifference, isColour, squeeze } from './compare.ts';
import { greenRgb, slotAt, slotHeight, slotWidth } from './page.ts';
import type { Bitmap } from './png.ts';

/** A page as a browser showed it. */
export interface Rendered {
  readonly picture: Bitmap;
  readonly text: string;
  /** Requests beyond the page's own bytes; the replay must have none. */
  readonly requests: readonly string[];
  /** Dialogs that it opened. */
  readonly dialogs: readonly string[];
}

/** What a capture ended in, as far as the suite judges it. */
export interface Captured {
  readonly verdict: string;
  readonly evidence: readonly string[];
  readonly missing: readonly string[];
  readonly finalUrl: string;
  readonly html?: string;
  readonly screenshot?: Uint8Array;
  readonly file?: Uint8Array;
}

/** All that was seen of one case. */
export interface Seen {
  readonly captured: Captured;
  readonly live?: Rendered;
  readonly replay?: Rendered;
  readonly screenshot?: Bitmap;
  /** How often the server was asked for the start page by the capture. */
  readonly visits: number;
  /** The same for the paths whose count is limited. */
  readonly visitsOf: Readonly<Record<string, number>>;
}

function notGreen(picture: Bitmap, count: number): string[] {
  const bad: string[] = [];
  for (let i = 0; i < count; i++) {
    const { x, y } = slotAt(i);
    const places = [
      [x + 8, y + 8],
      [x + slotWidth / 2, y + slotHeight / 2],
      [x + slotWidth - 8, y + slotHeight - 8],
    ];
    const colours = places.map(([px, py]) => colourAt(picture, px!, py!));
    const wrong = colours.find((colour) => !isColour(colour, greenRgb));
    if (colours.includes(undefined)) bad.push(`slot ${i} is outside of the picture`);
    else if (wrong) bad.push(`slot ${i} is rgb(${wrong.join(' ')})`);
  }
  return bad;
}

type Range = number | readonly [least: number, most: number];
const range = (given: Range) => (typeof given === 'number' ? ([given, given] as const) : given);

function outcomeProblems({ captured, visits, visitsOf }: Seen, want: Expectation): string[] {
  const problems: string[] = [];
  const verdicts = want.verdict ?? ['good'];
  if (!verdicts.includes(captured.verdict as never)) {
    problems.push(
      `verdict is ${captured.verdict} (${captured.evidence.join(', ')}), true are: ${verdicts.join(', ')}`,
    );
  }
  for (const code of want.evidence ?? []) {
    if (!captured.evidence.some((line) => line.startsWith(code))) {
      problems.push(`evidence lacks ${code}; it has: ${captured.evidence.join(', ')}`);
    }
  }
  const [least, most] = range(want.missing ?? 0);
  if (captured.missing.length < least || captured.missing.length > most) {
    problems.push(
      `${captured.missing.length} resources are missing, true are ${least} to ${most}: ${captured.missing.slice(0, 5).join(' | ')}`,
    );
  }
  if (want.finalPath !== undefined && !captured.finalUrl.endsWith(want.finalPath)) {
    problems.push(`final URL is ${captured.finalUrl}, it must end with ${want.finalPath}`);
  }
  const [fewest, usual] = range(want.visits ?? 1);
  // A renderer may crash by itself on a busy machine; the capture then says so, and opens the page once more.
  const begunAnew = captured.evidence.some((line) => line.startsWith('begunAnew'));
  const mostOften = begunAnew ? usual * 2 : usual;
  if (visits < fewest || visits > mostOften) problems.push(`the start page was asked for ${visits} times`);
  for (const [path, most] of Object.entries(want.mostVisits ?? {})) {
    const count = visitsOf[path] ?? 0;
    if (count > most) problems.push(`"${path}" was asked for ${count} times, at most ${most} are fair`);
  }
  if (want.file && !(captured.file && Buffer.from(captured.file).equals(want.file))) {
    problems.push(
      `the kept file has ${captured.file?.length ?? 'no'} bytes, the server sent ${want.file.length}`,
    );
  }
  return problems;
}

function markupProblems({ captured }: Seen, want: Expectation): string[] {
  const html = captured.html?.toLowerCase() ?? '';
  return (want.html ?? []).flatMap((line) => {
    const unwanted = line.startsWith('!');
    const text = unwanted ? line.slice(1) : line;
    return html.includes(text.toLowerCase()) === unwanted
      ? [`the HTML ${unwanted ? 'holds' : 'lacks'} "${text}"`]
      : [];
  });
}

function textProblems(seen: Seen, want: Expectation): string[] {
  const problems: string[] = [];
  for (const [where, view] of [
    ['live page', seen.live],
    ['replay', seen.replay],
  ] as const) {
    for (const text of view ? (want.texts ?? []) : []) {
      if (!squeeze(view!.text).includes(squeeze(text)))
        problems.push(`the ${where} lacks the text "${text}"`);
    }
  }
  if (seen.live && seen.replay && want.sameText !== false) {
    const [a, b] = [squeeze(seen.live.text), squeeze(seen.replay.text)];
    if (a !== b) problems.push(`text differs ${firstDifference(a, b)}`);
  }
  return problems;
}

function pictureProblems(seen: Seen, want: Expectation): string[] {
  const problems: string[] = [];
  const views = [
    ['live page', seen.live?.picture],
    ['replay', seen.replay?.picture],
  ] as [string, Bitmap | undefined][];
  if (want.screenshot !== false) views.push(['screenshot', seen.screenshot]);
  for (const [where, picture] of views) {
    if (picture) problems.push(...notGreen(picture, want.green ?? 0).map((line) => `${where}: ${line}`));
  }
  if (seen.live && seen.replay && want.pixels !== false) {
    const share = differingShare(seen.live.picture, seen.replay.picture);
    if (share > (want.pixels ?? 0.0005))
      problems.push(`${(share * 100).toFixed(3)} % of the pixels differ from the live page`);
  }
  return problems;
}

/** Everything that is wrong with a capture and its replay, one sentence each; none where the promise holds. */
export function judge(seen: Seen, want: Expectation = {}): string[] {
  const problems = [
    ...outcomeProblems(seen, want),
    ...markupProblems(seen, want),
    ...textProblems(seen, want),
    ...pictureProblems(seen, want),
  ];
  if (want.replay !== false && !seen.replay) problems.push('there is no page to replay');
  if (want.replay !== false && want.screenshot !== false && !seen.screenshot)
    problems.push('there is no screenshot');
  if (seen.replay?.requests.length)
    problems.push(`the replay asks the network for ${seen.replay.requests.slice(0, 5).join(' ')}`);
  if (seen.replay?.dialogs.length)
    problems.push(`the replay opens a dialog: ${seen.replay.dialogs.join(' ')}`);
  return problems;
}
