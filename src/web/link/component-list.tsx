import { useState } from 'react';
import type { ContentsRoot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { type DetailQuery, ImageDetailView } from '../image/image-detail.tsx';
import { PlatformList } from '../image/platform-list.tsx';
import { ShortDigest } from '../ui/copy.tsx';
import { Expander, rowsClass } from '../ui/expander.tsx';
import { filterClass } from '../ui/field.tsx';
import { findComponents } from './find-components.ts';

/** The components of a release, found by name, image tag or digest; each opens to its layers. */
export function ComponentList({ roots, detail }: { roots: readonly ContentsRoot[]; detail: DetailQuery }) {
  const t = useTexts();
  const formats = useFormats();
  const [words, setWords] = useState('');
  const found = findComponents(roots, words);
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <input
          type="search"
          data-testid="component-search"
          aria-label={t.release.find}
          placeholder={t.release.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className={filterClass}
        />
        <p className="tnum text-sm text-ink-3" aria-live="polite">
          {t.release.shown(found.length, roots.length)}
        </p>
      </div>
      {found.length === 0 ? (
        <p className="rounded-lg border border-line py-10 text-center text-sm text-ink-3">{t.release.none}</p>
      ) : (
        <div className={rowsClass}>
          {found.map((root) => (
            <Expander
              key={`${root.component} ${root.digest}`}
              testId="component"
              head={
                <>
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{root.component}</span>
                    <span className="block truncate font-mono text-xs text-ink-3 sm:hidden">
                      {root.digest.slice(7, 19)}
                    </span>
                  </span>
                  <code
                    className="w-28 truncate font-mono text-xs text-ink-3 max-sm:hidden"
                    title={root.digest}
                  >
                    {root.digest.slice(7, 19)}
                  </code>
                  <span className="tnum w-16 text-right text-xs text-ink-2">
                    {formats.bytes(root.sizeBytes)}
                  </span>
                </>
              }
            >
              {() => <Component root={root} detail={detail} />}
            </Expander>
          ))}
        </div>
      )}
    </section>
  );
}

function Component({ root, detail }: { root: ContentsRoot; detail: DetailQuery }) {
  const t = useTexts();
  const [only, ...others] = root.platforms;
  return (
    <div className="space-y-3">
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <code className="font-mono break-all">
          {root.repository}:{root.imageTags[0]}
        </code>
        <ShortDigest digest={root.digest} what={t.file.digest} />
      </p>
      {only && others.length === 0 ? (
        <ImageDetailView query={detail(only.digest)} />
      ) : (
        <PlatformList images={root.platforms} detail={detail} />
      )}
    </div>
  );
}
