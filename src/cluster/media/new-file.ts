import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorText, HoldfastError, type OnProgress } from '../../kernel/index.ts';
import { mediaErrors } from './errors.ts';

/** What makes an image takes. */
export interface MakeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * Makes a file beside its place, synced and then renamed into it; nothing stays of what fails. `mode` is that of the file:
 * one that holds secrets is for its owner alone.
 */
export async function makeFile(
  source: string,
  target: string,
  mode: number,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const failed = (action: string) => (error: unknown) => {
    throw mediaErrors.io({ action, path: target, detail: errorText(error) }, { cause: error });
  };
  const [from, to] = await Promise.all([source, target].map((path) => realpath(path).catch(() => path)));
  if (from === to) throw mediaErrors.sameFile({ path: source });
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await make(temporary);
    const file = await open(temporary, 'r+').catch(failed('open'));
    try {
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target).catch(failed('write'));
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof HoldfastError) throw error;
    return failed('write')(error);
  }
}

const pieceBytes = 4 * 1024 * 1024;

/** Copies a file to a new one: by sharing its blocks where the file system can, else piece by piece, with progress. */
export async function copyImage(source: string, target: string, options: MakeOptions): Promise<void> {
  const { signal, onProgress } = options;
  const refuseWhereCancelled = () => {
    if (signal?.aborted) throw mediaErrors.cancelled();
  };
  refuseWhereCancelled();
  if (await shares(source, target)) return;
  // Not even for a moment may others read what may come to hold secrets.
  const to = await open(target, 'wx', 0o600);
  try {
    await copyPieces(source, to, refuseWhereCancelled, onProgress);
  } finally {
    await to.close();
  }
}

async function shares(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE);
  } catch {
    return false;
  }
  await chmod(target, 0o600);
  return true;
}

async function copyPieces(
  source: string,
  to: FileHandle,
  refuseWhereCancelled: () => void,
  onProgress: OnProgress | undefined,
): Promise<void> {
  const from = await open(source, 'r');
  try {
    const { size: total } = await from.stat();
    const buffer = Buffer.allocUnsafeSlow(pieceBytes);
    for (let at = 0; ; ) {
      refuseWhereCancelled();
      const { bytesRead } = await from.read(buffer, 0, pieceBytes, at);
      if (bytesRead === 0) return;
      for (let written = 0; written < bytesRead; )
        written += (await to.write(buffer, written, bytesRead - written, at + written)).bytesWritten;
      at += bytesRead;
      onProgress?.({ stage: 'media.copy', done: at, total, unit: 'bytes' });
    }
  } finally {
    await from.close();
  }
}
