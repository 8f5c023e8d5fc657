import { defineErrors, HoldfastError } from '../kernel/index.ts';

export const linksErrors = defineErrors('links', {
  notFound: { kind: 'notFound', message: 'Link "{link}" does not exist', hint: 'Look for it with "list"' },
  noSnapshot: {
    kind: 'notFound',
    message: 'Snapshot "{ref}" does not exist',
    hint: 'Name a snapshot by its id or digest, or a link that has one',
  },
  inTrash: {
    kind: 'conflict',
    message: 'Link "{link}" is in the trash',
    hint: 'Restore it first',
  },
  malformed: {
    kind: 'invalid',
    message: 'Link "{url}" is not understood',
    hint: 'Write it as in the address bar of a browser, for example https://example.com/page',
  },
  refusedScheme: {
    kind: 'denied',
    message: 'Link "{url}" is refused: "{scheme}" links cannot be kept, only http, https and docker',
    hint: 'Give the address that the page has on its web server, or docker://host/repository:tag for an image',
  },
  credentials: {
    kind: 'invalid',
    message: 'Link "{url}" is refused: it holds a user name or a password, which would be kept in clear text',
    hint: 'Leave out what stands before the "@"',
  },
  tooLong: {
    kind: 'invalid',
    message: 'Link "{url}" is {sizeBytes} bytes long, more than {limitBytes}',
    hint: 'Give the address of the page, not its content',
  },
  badTag: {
    kind: 'invalid',
    message: 'Tag "{tag}" is not allowed',
    hint: 'Use 1 to {limit} characters without commas and line breaks; a slash makes levels: ocp/4.5',
  },
  textTooLong: {
    kind: 'invalid',
    message: 'Field "{field}" has {length} characters, more than {limit}',
    hint: 'Shorten it',
  },
  badOption: {
    kind: 'invalid',
    message: 'Option "{option}" has the value "{value}", which is not understood',
    hint: 'Give {expected}',
  },
  holdLost: {
    kind: 'unavailable',
    message: 'What is being worked with may have been freed: the hold on it could not be renewed in time',
    hint: 'Try again; the machine slept, or the database was away for minutes',
  },
  badCursor: {
    kind: 'invalid',
    message: 'Cursor "{cursor}" does not belong to this list',
    hint: 'Start again from the first page',
  },
  badLinks: {
    kind: 'invalid',
    message: 'Nothing was added: {bad} of {total} links cannot be kept, the first is number {number}',
    hint: 'Correct the links that are named, or leave them out',
  },
});

/** One thing that is wrong with what was to be added; `index` counts from 0. */
export interface LinkIssue {
  readonly index: number;
  readonly field: 'url' | 'tags' | 'note' | 'title' | 'options';
  readonly error: HoldfastError;
}

/** Refusal of a whole `add` (`links.badLinks`): `issues` has every fault of every link, in the order given. */
export class BadLinksError extends HoldfastError {
  readonly issues: readonly LinkIssue[];

  constructor(issues: readonly LinkIssue[], total: number) {
    const bad = new Set(issues.map((issue) => issue.index)).size;
    const number = issues[0]!.index + 1;
    super('links.badLinks', linksErrors.table['links.badLinks'], { bad, total, number });
    this.issues = issues;
  }
}
