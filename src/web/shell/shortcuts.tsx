import { useTexts } from '../i18n/texts.tsx';

/** All keys with what they do. */
export function ShortcutList() {
  const t = useTexts();
  const rows: [string[], string][] = [
    [['a'], t.keys.add],
    [['/'], t.keys.search],
    [['j'], t.keys.next],
    [['k'], t.keys.previous],
    [['Enter'], t.keys.open],
    [['x'], t.keys.select],
    [['Esc'], t.keys.escape],
    [['?'], t.keys.help],
  ];
  return (
    <dl className="grid grid-cols-[4.5rem_1fr] items-center gap-y-2 text-sm">
      {rows.map(([keys, text]) => (
        <div key={text} className="contents">
          <dt>
            {keys.map((key) => (
              <kbd
                key={key}
                className="inline-flex h-6 min-w-6 items-center justify-center rounded-md border border-line-strong bg-sunken px-1.5 font-sans text-xs font-medium"
              >
                {key}
              </kbd>
            ))}
          </dt>
          <dd className="text-ink-2">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
