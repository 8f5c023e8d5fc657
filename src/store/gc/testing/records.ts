import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, newId } from '../../../kernel/index.ts';
import { isMissing } from '../../fs/failure.ts';
import type { Hold } from '../types.ts';

/** What the database is in the program: roots and holds that several processes record, each a file that appears whole. */
export interface Records {
  add(kind: 'root' | 'hold', value: object): Promise<string>;
  remove(name: string): Promise<void>;
  roots(): AsyncGenerator<Digest>;
  holds(): Promise<readonly Hold[]>;
}

/** Records in a folder that is there. */
export function recordsIn(folder: string): Records {
  async function* all(kind: string): AsyncGenerator<unknown> {
    for (const name of await readdir(folder)) {
      if (!name.startsWith(kind)) continue;
      const text = await readFile(join(folder, name), 'utf8').catch((error) => {
        if (!isMissing(error)) throw error;
      });
      if (text !== undefined) yield JSON.parse(text);
    }
  }
  return {
    async add(kind, value) {
      const name = `${kind}-${newId()}`;
      await writeFile(join(folder, `draft-${name}`), JSON.stringify(value));
      await rename(join(folder, `draft-${name}`), join(folder, name));
      return name;
    },
    remove: (name) => unlink(join(folder, name)),
    async *roots() {
      for await (const value of all('root')) yield (value as { digest: Digest }).digest;
    },
    holds: async () => (await Array.fromAsync(all('hold'))) as Hold[],
  };
}
