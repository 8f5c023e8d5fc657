import { machineLine, table, writeEvidence } from '../lib/evidence-file.ts';
import { benchDns } from './dns/index.ts';
import { benchFiles } from './files/index.ts';
import { benchBalancer } from './lb/index.ts';
import type { BastionPart, PartResult } from './part.ts';
import { benchWhole } from './whole/index.ts';

/** The services of a bastion, each beside a real engine in the same run. */
const parts: Readonly<Record<string, BastionPart>> = {
  dns: benchDns,
  lb: benchBalancer,
  files: benchFiles,
  whole: benchWhole,
};

/**
 * Measures the services of a bastion, all or those of `--parts=`; the exit code is 1 where something asked was missed, 2 for
 * a part that does not exist.
 */
export async function benchBastion(args: readonly string[]): Promise<number> {
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
  const wanted = option('parts')?.split(',') ?? Object.keys(parts);
  const results: [name: string, result: PartResult][] = [];
  for (const name of wanted) {
    const part = parts[name];
    if (!part) {
      process.stderr.write(`There is no part "${name}"; there are ${Object.keys(parts).join(', ')}\n`);
      return 2;
    }
    const result = await part({
      rounds: Number(option('rounds') ?? 3),
      seconds: Number(option('seconds') ?? 4),
      onStep: (line) => process.stderr.write(`${name}: ${line}\n`),
    });
    results.push([name, result]);
    if (args.includes('--write')) writeEvidence(`bench bastion ${name}`, reportOf(name, result));
  }
  const all = results.map(([name, result]) => reportOf(name, result)).join('\n\n');
  const figures = Object.fromEntries(
    results.map(([name, result]) => [name, { ...result.figures, checks: result.checks }]),
  );
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(figures, null, 2)}\n` : `${all}\n`);
  return results.every(([, { checks }]) => checks.every(({ passed }) => passed)) ? 0 : 1;
}

function reportOf(name: string, { report, checks }: PartResult): string {
  return [
    `## Bench bastion: ${name}`,
    `\`npm run bench -- bastion --parts=${name} --write\`, ${machineLine()}.`,
    report,
    table(
      ['asked', 'measured', ''],
      checks.map(({ asked, shown, passed }) => [asked, shown, passed ? 'met' : 'missed']),
    ),
  ].join('\n\n');
}
