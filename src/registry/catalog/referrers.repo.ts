import type { Db } from '../../db/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { tablesOf } from '../rows.ts';
import type { Page } from '../types.ts';

/** The manifests whose `subject` is a digest, by their digest; `artifactType` takes only those of that type. */
export async function listReferrers(
  db: Db,
  repository: string,
  subject: Digest,
  { after = '', limit, artifactType }: Page & { readonly artifactType?: string },
): Promise<readonly Descriptor[]> {
  const rows = await tablesOf(db)
    .selectFrom('registry_manifests')
    .select(['digest', 'media_type', 'size_bytes', 'artifact_type', 'annotations'])
    .where('repository', '=', repository)
    .where('subject', '=', subject)
    .where('digest', '>', after)
    .$if(artifactType !== undefined, (query) => query.where('artifact_type', '=', artifactType!))
    .orderBy('digest')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const annotations = JSON.parse(row.annotations ?? '{}') as Record<string, string>;
    return {
      mediaType: row.media_type,
      digest: row.digest as Digest,
      size: row.size_bytes,
      ...(row.artifact_type !== null && { artifactType: row.artifact_type }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
  });
}
