import { parseHTML } from 'linkedom';
import type { HoldfastServer, LinkView } from '../lib/holdfast-server.ts';
import type { PlannedPage } from './plan.ts';
import type { Site } from './site.ts';

/** Resources that a page asked for and a snapshot lacks, by what their sites know of them. */
export interface Lost {
  /** Answered with an error or not at all by the page's own site. */
  refusedBySite: number;
  /** On hosts that are out of reach. */
  elsewhere: number;
  /** Said to be missing although the site gave them. */
  readonly untrue: string[];
}

/** What came of one page, judged against what its site knows. */
export interface Finding {
  readonly page: PlannedPage;
  readonly link: LinkView | undefined;
  readonly lost: Lost;
  /** Visible characters of the snapshot for each character of the source's text; documentation only. */
  readonly textShare?: number;
  /** What is untrue about the outcome; none where all is true. */
  readonly untrue: readonly string[];
}

const wantedFormats = ['html', 'png', 'text', 'md', 'wacz'] as const;
const nothingLost = (): Lost => ({ refusedBySite: 0, elsewhere: 0, untrue: [] });
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

function readSource(bytes: Uint8Array): { title: string; characters: number; refreshes: boolean } {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const charset = /charset=["']?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
  const { document } = parseHTML(new TextDecoder(charset).decode(bytes));
  for (const hidden of document.querySelectorAll('script, style, noscript, template')) hidden.remove();
  const refreshes = document.querySelector('meta[http-equiv="refresh" i]') !== null;
  return {
    title: squeeze(document.title),
    characters: (document.body?.textContent ?? '').replace(/\s+/g, '').length,
    refreshes,
  };
}

/** The resources that a snapshot says are missing, and those of them that its site did give. */
async function lostResources(server: HoldfastServer, snapshotId: string, sites: readonly Site[]) {
  const missing = await server.missing(snapshotId);
  const lost = nothingLost();
  for (const { url, reason } of missing) {
    const site = sites.find(({ origin }) => url.startsWith(`${origin}/`));
    const status = site?.statusOf(url.slice(site.origin.length).replace(/#.*/, ''));
    if (status === 200)
      lost.untrue.push(`"${url}" is said to be missing (${reason}), the site gave it with 200`);
    else if (site) lost.refusedBySite++;
    else lost.elsewhere++;
  }
  return lost;
}

/** Judges one outcome: its verdict, its evidence, what it says is missing, and what it shows. */
export async function checkPage(
  server: HoldfastServer,
  page: PlannedPage,
  link: LinkView | undefined,
  sites: readonly Site[],
): Promise<Finding> {
  const snapshot = link?.snapshot;
  if (!snapshot) {
    const fault = link?.job?.fault?.text ?? 'no job';
    return { page, link, lost: nothingLost(), untrue: [`there is no outcome: ${fault}`] };
  }
  const untrue: string[] = [];
  if (!page.verdicts.includes(snapshot.verdict)) {
    untrue.push(
      `verdict is ${snapshot.verdict} (${snapshot.evidence.map(({ text }) => text).join('; ')}), true: ${page.verdicts.join(', ')}`,
    );
  }
  if (snapshot.evidence.length === 0) untrue.push('there is no evidence');
  if (page.because && !snapshot.evidence.some(({ code }) => code === page.because)) {
    untrue.push(
      `the evidence lacks ${page.because}: ${snapshot.evidence.map(({ code }) => code).join(', ')}`,
    );
  }
  const isPage = snapshot.digest !== null && snapshot.kind === 'page';
  const lost = snapshot.digest === null ? nothingLost() : await lostResources(server, snapshot.id, sites);
  untrue.push(...lost.untrue);
  if (isPage && snapshot.verdict === 'good') {
    const said = snapshot.evidence.some(({ code }) => code === 'noScreenshot') ? ['png'] : [];
    const lacking = wantedFormats.filter(
      (format) => !snapshot.formats.includes(format) && !said.includes(format),
    );
    if (lacking.length > 0) untrue.push(`formats are lacking: ${lacking.join(', ')}`);
  }
  let textShare: number | undefined;
  const bytes = isPage ? await page.source?.() : undefined;
  if (bytes) {
    const source = readSource(bytes);
    if (!source.refreshes) {
      if (!snapshot.title || source.title !== squeeze(snapshot.title))
        untrue.push(`title is "${snapshot.title}", the source says "${source.title}"`);
      textShare = source.characters > 0 ? snapshot.measures.characters / source.characters : 1;
      if (textShare < 0.5)
        untrue.push(`${snapshot.measures.characters} of ${source.characters} characters are visible`);
    }
  }
  if (isPage && page.shows) {
    const html = new TextDecoder().decode(await server.rendition(snapshot.id, 'html'));
    const text = parseHTML(html).document.documentElement.textContent ?? '';
    if (!text.includes(page.shows) && !html.includes(page.shows))
      untrue.push(`"${page.shows}", which its scripts show, is not in it`);
  }
  return { page, link, lost, untrue, ...(textShare !== undefined && { textShare }) };
}
