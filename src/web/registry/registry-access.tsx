import type { Registry } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { loginCommand } from '../image/pull-commands.ts';
import { CopyLine } from '../ui/copy.tsx';

/** How clients reach the registry and log in; each image tag has its own command to pull. */
export function RegistryAccess({ registry }: { registry: Registry }) {
  const t = useTexts().registry;
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
    </section>
  );
}
