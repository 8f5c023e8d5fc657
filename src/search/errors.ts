import { defineErrors } from '../kernel/index.ts';

export const searchErrors = defineErrors('search', {
  badQuery: {
    kind: 'invalid',
    message: 'Query has "{value}" for "{fact}:" at character {position}, which is not understood',
    hint: 'Write {allowed}, or put the whole in quotes to search for it as words',
  },
  tooLong: {
    kind: 'invalid',
    message: 'Query has {length} characters, more than {limit}',
    hint: 'Search for a shorter piece of the text',
  },
  tooDeep: {
    kind: 'invalid',
    message: 'Query nests parentheses more than {limit} deep at character {position}',
    hint: 'Leave out parentheses that are not needed',
  },
  tooManyTerms: {
    kind: 'invalid',
    message: 'Query has more than {limit} words, at character {position}',
    hint: 'Leave out words, or put a passage in quotes',
  },
  notWords: {
    kind: 'invalid',
    message: 'Search index cannot answer "{type}", only words joined by and and or',
    hint: 'Evaluate facts, "not" and "all" in the room that owns the documents',
  },
});
