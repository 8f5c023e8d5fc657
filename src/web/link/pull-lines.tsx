import { useInfiniteQuery } from '@tanstack/react-query';
import { registryQuery } from '../api/image-queries.ts';
import type { ContentsRoot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { pullCommand, referenceHere, servedAs } from '../image/pull-commands.ts';
import { useSession } from '../session/use-session.ts';
import { CopyLine } from '../ui/copy.tsx';

/** How an image is named at its source, and how it is pulled from here where this server runs a registry. */
export function PullLines({ kind, root }: { kind: 'image' | 'release'; root: ContentsRoot }) {
  const t = useTexts();
  const isServed = useSession().data?.registry === true;
  const place = useInfiniteQuery({ ...registryQuery(), enabled: isServed }).data?.pages[0];
  const [tag] = root.imageTags;
  const source = `docker://${root.repository}${tag === undefined ? `@${root.digest}` : `:${tag}`}`;
  const here = place && referenceHere(place, servedAs(kind, root.repository), tag, root.digest);
  return (
    <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
      <div>
        <h3 className="mb-1.5 text-sm font-semibold">{t.image.from}</h3>
        <CopyLine text={source} what={t.image.from} />
      </div>
      {here ? (
        <div>
          <h3 className="mb-1.5 text-sm font-semibold">{t.image.here}</h3>
          <CopyLine text={pullCommand(place, here)} what={t.image.here} />
        </div>
      ) : null}
    </div>
  );
}
