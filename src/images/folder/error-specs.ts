import type { ErrorSpec } from '../../kernel/index.ts';

/** What can be wrong with images in folders and archives. */
export const folderErrorSpecs = {
  badPlace: {
    kind: 'invalid',
    message: 'Place "{value}" is malformed: {fault}',
    hint: 'Write docker://host/repository[:tag], oci:FOLDER[:tag], oci-archive:FILE[:tag] or oc:FOLDER',
  },
  badLayout: {
    kind: 'invalid',
    message: '"{place}" is not an OCI image layout: {fault}',
    hint: 'Name a folder or a tar with oci-layout, index.json and blobs in it, as "skopeo copy" and "umoci" make it',
  },
  badMirrorFolder: {
    kind: 'invalid',
    message: '"{place}" is not a mirror folder of oc: {fault}',
    hint: 'Name the folder that was given to "oc adm release mirror --to-dir"; "v2" lies in it',
  },
  severalRepositories: {
    kind: 'invalid',
    message: '"{place}" holds several repositories, and one place cannot take them all: {repositories}',
    hint: 'Take it in with "holdfast import", then copy what it brought one by one',
  },
  badSignatureFile: {
    kind: 'corrupt',
    message: 'Signature file "{place}" is malformed: {fault}',
    hint: 'It is the ConfigMap that oc wrote; copy it again, or mirror the release again',
  },
  outsideLink: {
    kind: 'denied',
    message: 'File "{path}" of "{place}" is refused: it leads out of the folder, or is no regular file',
    hint: 'Put the file itself where the link is, for example with "cp -rL", if whoever made the folder is to be trusted',
  },
  ambiguousImageTag: {
    kind: 'conflict',
    message: 'Image tag "{tag}" stands for {count} images in "{place}"',
    hint: 'Name the wanted one by its digest',
  },
  occupied: {
    kind: 'conflict',
    message: '"{place}" cannot be written: {fault}',
    hint: 'Name another place, or take away what is there',
  },
  placeFull: {
    kind: 'unavailable',
    message: 'No space is left for "{place}": {neededBytes} bytes are needed, {freeBytes} are free',
    hint: 'Free some space on its disk or name another one, then run it again; what was copied stays',
  },
  placeFailed: {
    kind: 'unavailable',
    message: 'Using "{place}" failed: {detail}',
    hint: 'Check that the disk is there, mounted read-write where it is written to, and that the permissions allow it',
  },
  unfitFileSystem: {
    kind: 'unsupported',
    message: 'The file system of "{place}" cannot hold a mirror folder of oc: {fault}',
    hint: 'Its names need colons and symbolic links, which FAT, exFAT and NTFS media have not; carry a bundle instead ("holdfast export")',
  },
} as const satisfies Record<string, ErrorSpec>;
