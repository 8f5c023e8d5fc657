import { Copy, Download } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from './button.tsx';
import { toastDone, toastFailed } from './toast-store.ts';

/** Puts a text on the clipboard and says so. */
export function useCopy(): (text: string) => void {
  const t = useTexts();
  return (text) =>
    void navigator.clipboard.writeText(text).then(
      () => toastDone(t.act.copied),
      () => toastFailed(t.errors.copyFailed),
    );
}

/** A small button that copies a text; `what` names it. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useTexts();
  const copy = useCopy();
  return (
    <IconButton small label={t.kept.copyOf(what)} onClick={() => copy(text)}>
      <Copy size={14} aria-hidden />
    </IconButton>
  );
}

/** One line to be copied: a command or an address. It breaks where it is longer than its place. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <div className="flex items-start gap-1 rounded-lg bg-sunken py-1 pr-1 pl-3 ring-1 ring-line ring-inset">
      <code className="min-w-0 flex-1 py-1 font-mono text-xs leading-5 break-all">{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}

/** A digest, cut to what tells it apart; the whole is copied. */
export function ShortDigest({ digest, what }: { digest: string; what: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-xs whitespace-nowrap text-ink-2" title={digest}>
        {digest.slice(0, digest.indexOf(':') + 13)}
      </code>
      <CopyButton text={digest} what={what} />
    </span>
  );
}

/** Several lines to be copied or saved under a name. */
export function CopyBlock({ text, what, fileName }: { text: string; what: string; fileName: string }) {
  const t = useTexts();
  const copy = useCopy();
  return (
    <div className="overflow-hidden rounded-lg bg-sunken ring-1 ring-line ring-inset">
      <div className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-3">{fileName}</span>
        <Button tone="quiet" small aria-label={t.kept.copyOf(what)} onClick={() => copy(text)}>
          <Copy size={14} aria-hidden />
          {t.act.copy}
        </Button>
        <IconButton
          label={t.kept.save}
          className="size-7 rounded-md"
          onClick={() => saveText(text, fileName)}
        >
          <Download size={14} aria-hidden />
        </IconButton>
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-80 overflow-auto px-3 py-2 font-mono text-xs leading-5 -outline-offset-2"
      >
        {text}
      </pre>
    </div>
  );
}

function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const anchor = Object.assign(document.createElement('a'), { href: url, download: fileName });
  anchor.click();
  URL.revokeObjectURL(url);
}
