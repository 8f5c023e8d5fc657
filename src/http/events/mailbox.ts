/** One event as it goes over the wire. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** Where a listener that comes back wants to go on. */
  readonly id?: number | undefined;
}

/** The most that waits for one listener; about a minute of a busy server. */
const mostEvents = 2_000;
const mostCharacters = 2_000_000;

/** What waits for one listener, bounded: who reads too slowly is told once to ask for everything anew. */
export interface Mailbox {
  push(event: ServerEvent): void;
  /** The text of everything that waits, at once; resolves to undefined after `close`. */
  next(): Promise<string | undefined>;
  close(): void;
}

/** Makes an empty mailbox. */
export function createMailbox(): Mailbox {
  let waiting: string[] = [];
  let characters = 0;
  let closed = false;
  let wake: (() => void) | undefined;

  const put = (text: string) => {
    waiting.push(text);
    characters += text.length;
    wake?.();
  };

  return {
    push(event) {
      if (closed) return;
      if (waiting.length < mostEvents && characters < mostCharacters) return put(encodeEvent(event));
      waiting = [];
      characters = 0;
      put(encodeEvent({ event: 'reset', data: '{}', id: event.id }));
    },
    async next() {
      while (waiting.length === 0 && !closed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (waiting.length === 0) return undefined;
      const text = waiting.join('');
      waiting = [];
      characters = 0;
      return text;
    },
    close() {
      closed = true;
      wake?.();
    },
  };
}

/** An event in the format of the HTML standard, "Server-sent events"; `data` is JSON and so has no line breaks. */
function encodeEvent({ event, data, id }: ServerEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
