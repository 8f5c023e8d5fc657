import type { Verdict } from '../../src/links/index.ts';
import { applicationSite } from './applications.ts';
import { debianSites } from './debian.ts';
import { oddPages, oddSite } from './odd-pages.ts';
import { type Site, type SiteSource, serveSite } from './site.ts';

/** One link to capture, and what is known of it beforehand. */
export interface PlannedPage {
  readonly url: string;
  readonly site: Site;
  readonly kind: 'documentation' | 'application' | 'odd';
  readonly verdicts: readonly Verdict[];
  readonly because?: string;
  /** A text that the page shows once its scripts ran. */
  readonly shows?: string;
  /** What the site gives for it, for comparison; documentation only. */
  source?(): Promise<Uint8Array | undefined>;
}

async function sourceBytes(source: SiteSource, path: string): Promise<Uint8Array | undefined> {
  const reply = await source.reply(decodeURIComponent(path));
  return typeof reply === 'object' && typeof reply.body !== 'string' ? reply.body : undefined;
}

/** Starts every site and lists the pages in an order that mixes them, as a person's own links are mixed. */
export async function planPages(
  share: number,
): Promise<{ sites: readonly Site[]; pages: readonly PlannedPage[] }> {
  const sites: Site[] = [];
  const start = async (source: SiteSource) => {
    const site = await serveSite(source, sites.length);
    sites.push(site);
    return site;
  };
  const lists: PlannedPage[][] = [];
  for (const { source, paths } of await debianSites(share)) {
    const site = await start(source);
    lists.push(
      paths.map((path) => ({
        url: site.origin + path,
        site,
        kind: 'documentation',
        verdicts: ['good'],
        source: () => sourceBytes(source, path),
      })),
    );
  }
  const applications = applicationSite();
  const applicationHost = await start(applications.source);
  lists.push(
    applications.pages.map(({ path, fragment = '', shows }) => ({
      url: applicationHost.origin + path + fragment,
      site: applicationHost,
      kind: 'application',
      verdicts: ['good'],
      shows,
    })),
  );
  const oddHost = await start(oddSite);
  lists.push(
    oddPages.map(({ path, url, verdicts, because }) => ({
      url: url ?? oddHost.origin + path,
      site: oddHost,
      kind: 'odd',
      verdicts,
      ...(because && { because }),
    })),
  );
  const pages: PlannedPage[] = [];
  for (let i = 0; lists.some((list) => i < list.length); i++)
    pages.push(...lists.flatMap((list) => list.slice(i, i + 1)));
  return { sites, pages };
}
