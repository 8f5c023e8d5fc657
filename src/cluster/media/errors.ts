import { defineErrors } from '../../kernel/index.ts';

export const mediaErrors = defineErrors('media', {
  io: {
    kind: 'unavailable',
    message: 'Can not {action} "{path}": {detail}',
    hint: 'See that the path is right, that its folder exists and that the disk has room for another image',
  },
  notIso: {
    kind: 'invalid',
    message: '"{path}" is no ISO 9660 image: {fault}',
    hint: 'Give the RHCOS installer or live ISO, and compare its SHA-256 with the published one',
  },
  truncated: {
    kind: 'corrupt',
    message: '"{path}" has {sizeBytes} bytes and should have {neededBytes}',
    hint: 'The download was cut off; fetch the image again and compare its SHA-256',
  },
  noArea: {
    kind: 'unsupported',
    message: '"{path}" has no area to embed {what} in',
    hint: 'Use the RHCOS live ISO of 4.6 or later; for kernel arguments up to 4.6 the boot menu is changed instead',
  },
  badArea: {
    kind: 'corrupt',
    message: 'The area for {what} in "{path}" can not be used: {fault}',
    hint: 'Fetch the image again and compare its SHA-256; it is damaged or not from Red Hat',
  },
  tooLarge: {
    kind: 'invalid',
    message: 'The {what} needs {neededBytes} bytes, and the area in "{path}" has {areaBytes}',
    hint: 'Embed a small config that fetches the large one by its address, or leave arguments out',
  },
  badArgument: {
    kind: 'invalid',
    message: 'Kernel argument "{argument}" can not stand in a boot menu',
    hint: 'Use letters, digits and . _ , : = / @ % + ~ [ ] ? - without spaces',
  },
  badIgnition: {
    kind: 'invalid',
    message: 'The Ignition config is refused: {fault}',
    hint: 'Give the JSON that openshift-install wrote',
  },
  sameFile: {
    kind: 'conflict',
    message: 'The new image would replace "{path}" that it is made from',
    hint: 'Name another file or folder',
  },
  noMenu: {
    kind: 'unsupported',
    message: '"{path}" has no boot menu that is understood: {fault}',
    hint: 'Use the RHCOS installer ISO of 4.5 or earlier, or the live ISO of 4.6 or later',
  },
  noXorriso: {
    kind: 'unsupported',
    message: 'xorriso is needed to change the boot menu of "{path}", and it is not installed',
    hint: 'Install the package xorriso, or type the kernel line at the console',
  },
  xorriso: { kind: 'unavailable', message: 'xorriso could not write "{path}": {detail}' },
  notWritten: {
    kind: 'corrupt',
    message: '"{path}" does not read back as it was written: {fault}',
    hint: 'Check the disk; the file was removed',
  },
  cancelled: { kind: 'cancelled', message: 'The image was not finished: it was cancelled' },
});
