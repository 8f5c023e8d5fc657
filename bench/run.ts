import { benchBastion } from './bastion/index.ts';
import { benchCapture } from './capture/index.ts';
import { benchCarry } from './carry/index.ts';

/** What can be measured, by the name that `npm run bench -- <name>` takes. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  bastion: benchBastion,
  capture: benchCapture,
  carry: benchCarry,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench) process.exitCode = await bench(args);
else {
  process.stderr.write(
    `Name what to measure: npm run bench -- ${Object.keys(benches).join('|')} [--json] [--write]\n`,
  );
  process.exitCode = 2;
}
