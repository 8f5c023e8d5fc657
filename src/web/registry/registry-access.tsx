import type { Registry } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { loginCommand, pullCommand } from '../image/pull-commands.ts';
import { CopyLine } from '../ui/copy.tsx';

/** How clients reach the registry, with the commands to log in and to pull. */
export function RegistryAccess({ registry, example }: { registry: Registry; example: string | undefined }) {
  const t = useTexts().registry;
  const reference = `${registry.address}/${example ?? 'repository'}`;
  return (
    <section className="mt-5 grid gap-x-6 gap-y-4 md:grid-cols-2">
      <div>
        <h2 className="mb-1.5 text-sm font-semibold">{t.address}</h2>
        <CopyLine text={registry.address} what={t.address} />
        {registry.secure ? null : <p className="mt-1.5 text-xs text-warn">{t.insecure}</p>}
      </div>
      <div>
        <h2 className="mb-1.5 text-sm font-semibold">{t.login}</h2>
        <CopyLine text={loginCommand(registry)} what={t.login} />
        <p className="mt-1.5 text-xs text-ink-3">
          {t.loginText} {registry.anonymousPull ? t.anonymous : ''}
        </p>
      </div>
      <div className="md:col-span-2">
        <h2 className="mb-1.5 text-sm font-semibold">{t.pull}</h2>
        <CopyLine text={pullCommand(registry, reference)} what={t.pull} />
      </div>
    </section>
  );
}
