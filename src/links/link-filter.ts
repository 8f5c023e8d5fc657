import { type RawBuilder, sql } from 'kysely';
import { type Db, textList } from '../db/index.ts';
import { idsOfJobsIn } from '../jobs/index.ts';
import { type FactName, type FactValues, type QueryNode, type SearchIndex, timeOf } from '../search/index.ts';
import { tagKey } from './parse-tag.ts';
import { clean } from './rows.ts';
import { hostOf } from './shown-host.ts';
import { verdicts } from './types.ts';

type Condition = RawBuilder<boolean>;
type Fact = Extract<QueryNode, { type: 'fact' }>;

const states: Readonly<Record<string, Condition>> = {
  tagged: sql`exists (select 1 from link_tags where link_tags.link_id = links.id)`,
  untagged: sql`not exists (select 1 from link_tags where link_tags.link_id = links.id)`,
  trashed: sql`links.deleted_at is not null`,
  pending: sql`coalesce(links.capture_job_id in ${idsOfJobsIn(['queued', 'running'])}, false)`,
  failed: sql`(coalesce(links.capture_job_id in ${idsOfJobsIn(['failed'])}, false) or ${shows('failed')})`,
};

/** What `is:` and `verdict:` can say of a link. */
export const linkFacts: FactValues = { is: Object.keys(states), verdict: verdicts };

/** A query as a condition on `links`, and how well each link fits its words; undefined ranks where it has no words. */
export interface LinkFilter {
  readonly condition: Condition;
  readonly ranks: ReadonlyMap<string, number> | undefined;
}

/** Looks up the words of a query and puts its facts into SQL. */
export async function filterLinks(
  node: QueryNode,
  { db, search, now }: { db: Db; search: SearchIndex; now: number },
): Promise<LinkFilter> {
  let ranks: Map<string, number> | undefined;

  async function found(words: QueryNode, wanted: boolean): Promise<Condition> {
    const match = await search.match(words);
    if (wanted) {
      ranks ??= new Map();
      for (const [id, rank] of match) ranks.set(id, (ranks.get(id) ?? 0) + rank);
    }
    return sql`links.id in ${textList(db, match.keys())}`;
  }

  async function conditionOf(part: QueryNode, wanted: boolean): Promise<Condition> {
    if (isWords(part)) return found(part, wanted);
    switch (part.type) {
      case 'not':
        return sql`not (${await conditionOf(part.node, !wanted)})`;
      case 'and':
      case 'or': {
        // The index finds words that belong together faster in one go.
        const words = part.nodes.filter(isWords);
        const conditions = words.length > 0 ? [await found({ type: part.type, nodes: words }, wanted)] : [];
        for (const other of part.nodes)
          if (!isWords(other)) conditions.push(await conditionOf(other, wanted));
        return sql`(${sql.join(conditions, part.type === 'and' ? sql` and ` : sql` or `)})`;
      }
      case 'fact':
        return factCondition(part, now);
      default:
        return sql`1 = 1`;
    }
  }

  const condition = await conditionOf(node, true);
  return { condition, ranks };
}

/** True where the query asks for links in the trash by itself. */
export function asksForTrash(node: QueryNode): boolean {
  if (node.type === 'and' || node.type === 'or') return node.nodes.some(asksForTrash);
  if (node.type === 'not') return asksForTrash(node.node);
  return node.type === 'fact' && node.name === 'is' && node.value === 'trashed';
}

function isWords(node: QueryNode): boolean {
  if (node.type === 'and' || node.type === 'or') return node.nodes.length > 0 && node.nodes.every(isWords);
  return node.type === 'words';
}

function factCondition({ name, value: raw }: Fact, now: number): Condition {
  const value = clean(raw);
  const conditions: Readonly<Record<FactName, () => Condition>> = {
    tag: () => sql`exists (select 1 from link_tags join tag_paths on tag_paths.tag_id = link_tags.tag_id
      where link_tags.link_id = links.id and tag_paths.path_key = ${tagKey(value)})`,
    site: () => {
      const host = hostOf(value);
      return sql`(links.host = ${host} or links.host like ${`%.${host.replace(/[\\%_]/g, '\\$&')}`} escape '\\')`;
    },
    verdict: () => shows(value),
    before: () => sql`links.added_at < ${timeOf(value, now)}`,
    after: () => sql`links.added_at >= ${timeOf(value, now)}`,
    is: () => states[value] ?? sql`1 = 0`,
  };
  return conditions[name]();
}

function shows(verdict: string): Condition {
  return sql`exists (select 1 from snapshots where snapshots.id = links.snapshot_id
    and snapshots.verdict = ${verdict})`;
}
