import type { ErrorSpec } from '../../kernel/index.ts';

/** What can be wrong with a tar. */
export const tarErrorSpecs = {
  malformedTar: {
    kind: 'corrupt',
    message: 'Archive "{archive}" is malformed at byte {offset}: {fault}',
    hint: 'Compare its checksum with the original and copy it again',
  },
  truncatedTar: {
    kind: 'corrupt',
    message: 'Archive "{archive}" ends too early, at byte {offset}: {missing} is missing',
    hint: 'Compare its size with the original and copy it again',
  },
  unsafeTarEntry: {
    kind: 'invalid',
    message: 'Entry "{entry}" of archive "{archive}" is refused: {fault}',
    hint: 'No ordinary tool writes such an archive; ask whoever made it for a sound one',
  },
  unwritableTarEntry: {
    kind: 'invalid',
    message: 'Entry "{entry}" cannot be written to a tar: {fault}',
    hint: 'Check that what it is made of is not being changed meanwhile, then try again',
  },
  compressedTar: {
    kind: 'unsupported',
    message:
      'Archive "{archive}" is compressed with {coding}, so that nothing in it can be read at its place',
    hint: 'Unpack it first, for example with "{command}", and name the tar that comes out',
  },
} as const satisfies Record<string, ErrorSpec>;
