import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { PreferenceMenu } from '../shell/preference-menu.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { Logo } from '../ui/logo.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { describeError } from '../ui/use-act.ts';
import { useSessionActions } from './use-session.ts';

const minPassword = 10;

/** The page before the library: a login, or the first administrator's account. */
export default function Entrance({ mode }: { mode: 'login' | 'setup' }) {
  const t = useTexts();
  const actions = useSessionActions();
  const [values, setValues] = useState({ code: '', name: '', password: '', repeat: '' });
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const setup = mode === 'setup';
  usePageTitle(setup ? t.session.setupTitle : t.session.loginTitle);

  const set = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (setup && values.password.length < minPassword) return setProblem(t.session.passwordRule);
    if (setup && values.password !== values.repeat) return setProblem(t.session.mismatch);
    setBusy(true);
    setProblem('');
    try {
      if (setup) await actions.setup(values.code.trim(), values.name.trim(), values.password);
      else await actions.login(values.name.trim(), values.password);
    } catch (error) {
      const { message, hint } = describeError(error, t);
      setProblem([message, hint].filter(Boolean).join(' — '));
      setBusy(false);
    }
  };

  return (
    <div className="flex min-h-dvh flex-col">
      <div className="flex justify-end p-2">
        <PreferenceMenu />
      </div>
      <main className="m-auto w-full max-w-sm px-5 pt-2 pb-24">
        <Logo size={40} />
        <h1 className="mt-5 text-xl font-semibold">{setup ? t.session.setupTitle : t.session.loginTitle}</h1>
        {setup ? <p className="mt-2 text-ink-2 text-pretty">{t.session.setupText}</p> : null}
        <form onSubmit={submit} className="mt-6 space-y-4">
          {setup ? (
            <Labelled label={t.session.code}>
              {(id) => (
                <input
                  id={id}
                  required
                  autoComplete="one-time-code"
                  spellCheck={false}
                  className={`${inputClass} font-mono`}
                  value={values.code}
                  onChange={(e) => set('code')(e.target.value)}
                />
              )}
            </Labelled>
          ) : null}
          <Labelled label={t.session.name}>
            {(id) => (
              <input
                id={id}
                required
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                className={inputClass}
                value={values.name}
                onChange={(e) => set('name')(e.target.value)}
              />
            )}
          </Labelled>
          <Labelled label={t.session.password} note={setup ? t.session.passwordRule : undefined}>
            {(id) => (
              <PasswordField id={id} fresh={setup} value={values.password} onChange={set('password')} />
            )}
          </Labelled>
          {setup ? (
            <Labelled label={t.session.repeat}>
              {(id) => <PasswordField id={id} fresh value={values.repeat} onChange={set('repeat')} />}
            </Labelled>
          ) : null}
          <p role="alert" className="text-sm text-bad empty:hidden">
            {problem}
          </p>
          <Button type="submit" tone="main" disabled={busy} className="h-10 w-full">
            {setup ? t.session.setup : t.session.login}
          </Button>
        </form>
      </main>
    </div>
  );
}

function Labelled({
  label,
  note,
  children,
}: {
  label: string;
  note?: string | undefined;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 flex items-baseline justify-between gap-3 text-sm font-medium">
        {label}
        {note ? <span className="text-xs font-normal text-ink-3">{note}</span> : null}
      </label>
      {children(id)}
    </div>
  );
}

function PasswordField({
  id,
  value,
  onChange,
  fresh,
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  fresh: boolean;
}) {
  const t = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input
        id={id}
        required
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        className={`${inputClass} pr-10`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        label={shown ? t.session.hide : t.session.show}
        className="absolute top-0.5 right-0.5"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
