import { indexMediaType } from '../../images/index.ts';
import type { Descriptor } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { digestParameter, nextLink, pageOf, sendJson } from './answers.ts';
import type { Call, ReferenceCall, RepositoryCall } from './call.ts';

const mostTags = 1_000;
const mostRepositories = 1_000;
const mostReferrers = 1_000;
/** A page of referrers stays below what clients take for a manifest. */
const referrersPageBytes = 3 * 1024 * 1024;

/** GET of the image tags (distribution-spec "Listing Tags"). */
export async function getTags(call: RepositoryCall): Promise<void> {
  const { repository, catalog, query } = call;
  const page = pageOf(query, mostTags);
  if (!(await catalog.hasRepository(repository))) throw registryErrors.noRepository({ repository });
  const tags = page.limit === 0 ? [] : await catalog.listTags(repository, { ...page, limit: page.limit + 1 });
  const shown = tags.slice(0, page.limit).map(({ tag }) => tag);
  const link =
    tags.length > shown.length
      ? nextLink(`/v2/${repository}/tags/list`, { n: String(page.limit), last: shown.at(-1)! })
      : {};
  sendJson(call, { name: repository, tags: shown }, link);
}

/** GET of the repositories that the sender may pull from (`_catalog`, as Docker's registry has it). */
export async function getCatalog(call: Call): Promise<void> {
  const { catalog, policy, identity, query } = call;
  const { after, limit } = pageOf(query, mostRepositories);
  const shown: string[] = [];
  let last = after;
  let isMore = limit > 0;
  while (isMore && shown.length <= limit) {
    const names = await catalog.listRepositories({
      limit: mostRepositories,
      ...(last !== undefined && { after: last }),
    });
    shown.push(...names.filter((name) => policy.decide(identity, name, 'pull')));
    last = names.at(-1);
    isMore = names.length === mostRepositories;
  }
  const repositories = shown.slice(0, limit);
  const link =
    shown.length > repositories.length && limit > 0
      ? nextLink('/v2/_catalog', { n: String(limit), last: repositories.at(-1)! })
      : {};
  sendJson(call, { repositories }, link);
}

/** GET of the manifests whose subject is a digest (distribution-spec "Listing Referrers"); an unknown one has none. */
export async function getReferrers(call: ReferenceCall): Promise<void> {
  const { repository, reference, catalog, query } = call;
  const subject = digestParameter(reference);
  const artifactType = query.get('artifactType') || undefined;
  const after = query.get('last');
  const found = await catalog.listReferrers(repository, subject, {
    limit: mostReferrers + 1,
    ...(after !== null && { after }),
    ...(artifactType !== undefined && { artifactType }),
  });
  const manifests = fitting(found);
  const link =
    manifests.length < found.length
      ? nextLink(`/v2/${repository}/referrers/${subject}`, {
          last: manifests.at(-1)!.digest,
          ...(artifactType !== undefined && { artifactType }),
        })
      : {};
  sendJson(
    call,
    { schemaVersion: 2, mediaType: indexMediaType, manifests },
    {
      'content-type': indexMediaType,
      ...(artifactType !== undefined && { 'oci-filters-applied': 'artifactType' }),
      ...link,
    },
  );
}

/** As many as one page holds, at least one. */
function fitting(found: readonly Descriptor[]): readonly Descriptor[] {
  let sizeBytes = 0;
  const end = found.findIndex((descriptor, index) => {
    sizeBytes += JSON.stringify(descriptor).length;
    return index > 0 && (sizeBytes > referrersPageBytes || index >= mostReferrers);
  });
  return end < 0 ? found : found.slice(0, end);
}
