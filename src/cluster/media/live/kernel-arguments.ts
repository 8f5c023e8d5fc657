import { mediaErrors } from '../errors.ts';

/** No character that GRUB's shell or a boot menu would read as something else. */
const plain = /^[A-Za-z0-9._,:=/@%+~[\]?-]{1,1024}$/;

/** Checks arguments that are to stand in a boot menu; throws `media.badArgument`. */
export function checkArguments(kernelArguments: readonly string[]): void {
  for (const argument of kernelArguments)
    if (!plain.test(argument)) throw mediaErrors.badArgument({ argument: argument.slice(0, 100) });
}
