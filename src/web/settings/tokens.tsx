import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { tokensQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { useCopy } from '../ui/copy.tsx';
import { inputClass } from '../ui/field.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';
import { useAct } from '../ui/use-act.ts';

/** API tokens: make one (its secret is shown once), see them, revoke them. */
export function Tokens() {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const query = useQuery(tokensQuery());
  const [name, setName] = useState('');
  const copy = useCopy();
  const [secret, setSecret] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: ['tokens'] });

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const made = await act(() =>
      request<{ token: string }>('/api/tokens', { method: 'POST', body: { name: name.trim() } }),
    );
    if (!made) return;
    setSecret(made.token);
    setName('');
    await refresh();
  };
  const revoke = (id: string) =>
    void act(async () => {
      await request(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });
      await refresh();
    });

  return (
    <>
      <p className="mb-3 text-sm text-ink-2">{t.settings.tokensText}</p>
      <form onSubmit={make} className="flex gap-2">
        <input
          required
          maxLength={200}
          aria-label={t.settings.tokenName}
          placeholder={t.settings.tokenName}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className={inputClass}
        />
        <Button type="submit" className="h-10" disabled={name.trim() === ''}>
          {t.settings.tokenMake}
        </Button>
      </form>
      {secret ? (
        <div role="status" className="mt-3 rounded-lg bg-accent-soft p-3 text-sm">
          <p className="font-medium">{t.settings.tokenOnce}</p>
          <div className="mt-2 flex items-center gap-2">
            <code className="min-w-0 flex-1 rounded-md bg-surface px-2 py-1.5 font-mono text-xs break-all ring-1 ring-line">
              {secret}
            </code>
            <Button small onClick={() => copy(secret)}>
              <Copy size={14} aria-hidden />
              {t.act.copy}
            </Button>
          </div>
        </div>
      ) : null}
      {query.error ? (
        <ErrorState
          title={t.settings.tokensFailed}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data?.length === 0 ? <p className="mt-3 text-sm text-ink-3">{t.settings.tokenNone}</p> : null}
      <ul className="mt-2">
        {query.data?.map((token) => (
          <li key={token.id} className="flex items-center gap-3 border-b border-line py-2 last:border-0">
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm font-medium">{token.name}</p>
              <p className="text-xs text-ink-3">
                <Time value={token.createdAt} />
                {token.lastUsedAt ? <LastUsed time={token.lastUsedAt} /> : null}
              </p>
            </div>
            <Button small className="text-bad" onClick={() => revoke(token.id)}>
              {t.settings.tokenRevoke}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function LastUsed({ time }: { time: string }) {
  const t = useTexts();
  const [before, after] = t.settings.tokenUsed('\u0000').split('\u0000');
  return (
    <>
      {' · '}
      {before}
      <Time value={time} />
      {after}
    </>
  );
}
