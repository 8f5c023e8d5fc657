import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { installationQuery, registryQuery } from '../api/image-queries.ts';
import type { ReleaseInstallation, Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useSession } from '../session/use-session.ts';
import { CopyBlock, CopyLine } from '../ui/copy.tsx';
import { inputClass } from '../ui/field.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';

const repository = 'openshift/release';

/** What an installation of a release from a mirror needs next, as texts to copy or save. */
export function InstallationView({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const isServed = useSession().data?.registry === true;
  const place = useInfiniteQuery({ ...registryQuery(), enabled: isServed }).data?.pages[0];
  const [typed, setTyped] = useState<string>();
  const mirror = typed ?? `${place?.address ?? 'registry.example.org:5000'}/${repository}`;
  const asked = useDeferredValue(mirror.trim());
  const query = useQuery({ ...installationQuery(snapshot.id, asked), enabled: asked !== '' });
  return (
    <div className="space-y-5" data-testid="installation-view">
      <div>
        <label className="block max-w-xl">
          <span className="mb-1.5 block text-sm font-semibold">{t.release.mirror}</span>
          <input
            type="text"
            spellCheck={false}
            autoCapitalize="none"
            placeholder={t.release.mirrorHint}
            value={mirror}
            onChange={(event) => setTyped(event.target.value)}
            className={`${inputClass} font-mono`}
          />
        </label>
        <p className="mt-1.5 text-sm text-ink-2">{t.release.installText}</p>
      </div>
      {query.error ? (
        <ErrorState title={t.release.installFailed} error={query.error} />
      ) : query.data ? (
        <Texts texts={query.data} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </div>
  );
}

function Texts({ texts }: { texts: ReleaseInstallation }) {
  const t = useTexts().release;
  const blocks = [
    [t.installConfig, t.installConfigText, texts.installConfig, 'install-config-mirror.yaml'],
    [t.mirrorSet, t.mirrorSetText, texts.mirrorSet, 'mirror-set.yaml'],
    [t.signatureConfigMap, t.signatureConfigMapText, texts.signatureConfigMap, 'release-signature.yaml'],
  ] as const;
  return (
    <>
      <section>
        <h3 className="mb-1.5 text-sm font-semibold">{t.pullspec}</h3>
        <CopyLine text={texts.pullspec} what={t.pullspec} />
      </section>
      {blocks.map(([title, help, text, fileName]) => (
        <section key={fileName}>
          <h3 className="text-sm font-semibold">{title}</h3>
          <p className="mb-1.5 text-sm text-ink-2">{text === null ? t.noSignature : help}</p>
          {text === null ? null : <CopyBlock text={text} what={title} fileName={fileName} />}
        </section>
      ))}
    </>
  );
}
