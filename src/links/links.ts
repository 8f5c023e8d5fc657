import { recordChange } from '../db/index.ts';
import { isDigest } from '../kernel/index.ts';
import { type LinksDeps, storeLinks } from './add-links.ts';
import { enqueueCapture } from './capture-job.ts';
import { linksErrors } from './errors.ts';
import { excerptsOf } from './excerpts.ts';
import { reindex } from './index-fields.ts';
import { lockLink, updateLink } from './links.repo.ts';
import { loadLinks } from './load-links.ts';
import { parseNewLinks, parseNote, parseTitle } from './parse-new-links.ts';
import { parseTag, tagKey } from './parse-tag.ts';
import { queryIds } from './query-links.ts';
import { storeSnapshot } from './record-snapshot.ts';
import { clean, type LinkRow, sortTitle } from './rows.ts';
import * as snapshots from './snapshots.repo.ts';
import { attachTags, countTags, detachTags, ensureTags } from './tags.repo.ts';
import { createTrash } from './trash.ts';
import type { Link, Links, SnapshotTexts } from './types.ts';

/** An id as `newId` makes it: anything else cannot be in the database, and some texts cannot even be asked for. */
const isId = (text: string): boolean => /^[0-9a-z]{1,64}$/.test(text);

/** Makes the room of links over a database that has `linksMigrations`. Without `texts`, queries give no excerpts. */
export function createLinks(deps: LinksDeps & { readonly texts?: SnapshotTexts }): Links {
  const { db, search, jobs, clock } = deps;
  const trash = createTrash(deps);

  async function find(id: string): Promise<Link | undefined> {
    return isId(id) ? (await loadLinks(db, jobs, [id]))[0] : undefined;
  }

  async function get(id: string): Promise<Link> {
    const link = await find(id);
    if (!link) throw linksErrors.notFound({ link: id.slice(0, 200) });
    return link;
  }

  return {
    async add(links, options = {}) {
      const parsed = parseNewLinks(links);
      const lane = options.capture === false ? undefined : (options.lane ?? 'person');
      const stored = await db.transaction((trx) => storeLinks(deps, trx, parsed, lane));
      const loaded = await loadLinks(db, jobs, [...new Set(stored.map((one) => one.id))]);
      const byId = new Map(loaded.map((link) => [link.id, link]));
      return stored.map(({ id, created }) => ({ link: byId.get(id)!, created }));
    },

    find,
    get,

    async query(query) {
      const page = await queryIds(deps, query);
      const links = await loadLinks(db, jobs, page.ids);
      const excerpts = page.hasWords && deps.texts ? await excerptsOf(deps.texts, links, page.node) : {};
      return { links, total: page.total, nextCursor: page.nextCursor, excerpts };
    },

    async edit(id, change) {
      const note = change.note === undefined ? {} : { note: parseNote(change.note) };
      const ownTitle = change.title === undefined ? undefined : parseTitle(change.title);
      await db.transaction(async (trx) => {
        const row = isId(id) ? await lockLink(trx, id) : undefined;
        if (!row) throw linksErrors.notFound({ link: id.slice(0, 200) });
        const titles: Partial<LinkRow> = {};
        if (ownTitle !== undefined) {
          titles.own_title = ownTitle;
          titles.title = ownTitle ?? (await snapshots.findShown(trx, id))?.title ?? '';
          titles.sort_title = sortTitle(titles.title, row.url);
        }
        const changed = await updateLink(trx, id, { ...note, ...titles, updated_at: clock.now() });
        await reindex(search, trx, changed!);
        await recordChange(trx, 'link', id);
      });
      return get(id);
    },

    async tag(ids, change) {
      const add = (change.add ?? []).map(parseTag);
      const remove = (change.remove ?? []).map((tag) => tagKey(clean(tag)));
      await db.transaction(async (trx) => {
        const { ids: tagIds } = await ensureTags(trx, add);
        let any = false;
        for (const id of [...new Set(ids)].filter(isId).sort()) {
          const row = await lockLink(trx, id);
          if (!row) continue;
          const less = await detachTags(trx, id, remove);
          const more = await attachTags(trx, id, [...new Set(add.map((tag) => tagIds.get(tag.key)!))]);
          if (!less && !more) continue;
          any = true;
          await reindex(search, trx, (await updateLink(trx, id, { updated_at: clock.now() }))!);
          await recordChange(trx, 'link', id);
        }
        if (!any) return;
        for (const key of new Set([...remove, ...add.map((tag) => tag.key)]))
          await recordChange(trx, 'tag', key);
      });
    },

    tags: () => countTags(db),
    remove: (ids) => trash.remove(ids.filter(isId)),
    restore: (ids) => trash.restore(ids.filter(isId)),
    purge: (ids) => trash.purge(ids.filter(isId)),
    purgeExpired: trash.purgeExpired,

    requestSnapshot: (id, options = {}) =>
      db.transaction(async (trx) => {
        const row = isId(id) ? await lockLink(trx, id) : undefined;
        if (!row) throw linksErrors.notFound({ link: id.slice(0, 200) });
        if (row.deleted_at !== null) throw linksErrors.inTrash({ link: id });
        const job = await enqueueCapture(jobs, id, options.lane ?? 'person', trx);
        if (job.id !== row.capture_job_id) await updateLink(trx, id, { capture_job_id: job.id });
        await recordChange(trx, 'link', id);
        return job;
      }),

    snapshots: async (linkId) => (isId(linkId) ? snapshots.listOfLink(db, linkId) : []),
    findSnapshot: async (id) => (isId(id) ? snapshots.findById(db, id) : undefined),

    async getSnapshot(ref) {
      const found = isDigest(ref)
        ? await snapshots.findByDigest(db, ref)
        : isId(ref)
          ? ((await snapshots.findById(db, ref)) ?? (await snapshots.findShown(db, ref)))
          : undefined;
      if (!found) throw linksErrors.noSnapshot({ ref: ref.slice(0, 200) });
      return found;
    },

    recordSnapshot: (snapshot) => db.transaction((trx) => storeSnapshot(deps, trx, snapshot)),

    addFormat: (snapshotId, format) =>
      db.transaction(async (trx) => {
        const linkId = isId(snapshotId) ? await snapshots.addFormat(trx, snapshotId, format) : undefined;
        if (linkId === undefined) throw linksErrors.noSnapshot({ ref: snapshotId.slice(0, 200) });
        await recordChange(trx, 'link', linkId);
      }),

    heldManifests: (without) => snapshots.listDigests(db, without),
  };
}
