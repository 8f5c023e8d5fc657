import { randomBytes } from 'node:crypto';

/** Which stub answered, where, and the token that proves it. */
export interface StubWord {
  readonly name: string;
  readonly port: number;
  readonly token: string;
}

/** A token that was never there before. */
export const newToken = (): string => randomBytes(16).toString('hex');

/** The path by which a stub on a node is asked to give a token back. */
export const echoPath = (token: string): string => `/holdfast-stub/${token}`;

/** The token that a path asks to be given back; empty where it asks for none. */
export const tokenIn = (path: string): string => /^\/holdfast-stub\/([0-9a-f]{32})$/.exec(path)?.[1] ?? '';

/** The line that a stub answers. */
export const stubLine = ({ name, port, token }: StubWord): string =>
  `holdfast-stub ${name} ${port} ${token}\n`;

/** Reads the line of a stub; undefined for what anything else says. */
export function findStubWord(text: string): StubWord | undefined {
  const [, name, port, token] =
    /^holdfast-stub ([a-z0-9-]{1,63}) (\d{1,5}) ([0-9a-f]{32})\n$/.exec(text) ?? [];
  return name === undefined || token === undefined ? undefined : { name, port: Number(port), token };
}
