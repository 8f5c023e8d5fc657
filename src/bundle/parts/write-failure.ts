import { errorText, HoldfastError } from '../../kernel/index.ts';
import { bundleErrors } from '../errors.ts';
import { freeSpaceAt } from '../space.ts';

/** Turns an error of writing on a medium into one of ours; `neededBytes` is what was still to be written. */
export async function writeFailure(
  place: string,
  error: unknown,
  neededBytes: number,
): Promise<HoldfastError> {
  if (error instanceof HoldfastError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const { freeBytes } = await freeSpaceAt(place);
    return bundleErrors.noSpace({ place, neededBytes, freeBytes }, { cause: error });
  }
  return bundleErrors.unwritable({ place, detail: errorText(error) }, { cause: error });
}
