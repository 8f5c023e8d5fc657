import { join } from 'node:path';
import { findText, writePrivateFile } from '../private-file.ts';

/** What a bastion must know again after a restart. */
export interface BastionMemory {
  readonly bootstrapLeft: boolean;
}

const nothing: BastionMemory = { bootstrapLeft: false };

/** Reads what a bastion of this work folder knew; nothing where there is no such file or it is damaged. */
export async function recall(folder: string): Promise<BastionMemory> {
  const text = await findText(fileIn(folder), 10_000);
  if (text === undefined) return nothing;
  try {
    const value: unknown = JSON.parse(text);
    return { bootstrapLeft: (value as Partial<BastionMemory> | null)?.bootstrapLeft === true };
  } catch {
    return nothing;
  }
}

/** Keeps it: written whole, or not at all. */
export const remember = (folder: string, memory: BastionMemory): Promise<void> =>
  writePrivateFile(fileIn(folder), `${JSON.stringify(memory)}\n`);

const fileIn = (folder: string) => join(folder, 'bastion.json');
