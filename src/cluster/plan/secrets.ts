/** A text that shows itself to nobody who does not ask: not in JSON, not in a log, not in an error. */
export interface Secret {
  reveal(): string;
  toJSON(): string;
  toString(): string;
}

const hidden = '[secret]';

/** Wraps a text so that only `reveal()` gives it. */
export function secretOf(text: string): Secret {
  const show = () => hidden;
  const secret = {
    reveal: () => text,
    toJSON: show,
    toString: show,
    [Symbol.for('nodejs.util.inspect.custom')]: show,
  };
  return Object.freeze(secret);
}

/** What the files that a plan names hold; a part is absent where its file could not be read. */
export interface PlanSecrets {
  /** JSON in `auths` form, on one line or on several. */
  readonly pullSecret?: Secret;
  /** One line of an OpenSSH public key. */
  readonly sshKey?: Secret;
  /** PEM certificates. */
  readonly trustBundle?: Secret;
}
