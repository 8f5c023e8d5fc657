import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import { verb } from '../verb.ts';
import { writeFileWhole } from '../write-file.ts';

interface Flags extends GlobalFlags {
  readonly output?: string;
}

/** `holdfast receipt` */
export function receiptCommand(context: Context): Command {
  const { texts, io } = context;
  return verb('receipt', texts.receipt.about, context)
    .option('-o, --output <file>', texts.get.output)
    .action((flags: Flags) => {
      if (flags.output === undefined && io.stdout.isTTY)
        throw cliErrors.binaryToTerminal({ format: 'receipt' });
      return context.withWorkspace(flags, async ({ carry }) => {
        const body = carry.receipt();
        if (flags.output === undefined)
          return pipeline(Readable.from(body, { objectMode: false }), io.stdout, { end: false });
        const written = await writeFileWhole(flags.output, 'holdfast.receipt', body);
        if (flags.json) return context.sayJson(written);
        context.say(texts.get.written(plainLine(written.path), sizeText(written.sizeBytes)));
        context.note(texts.receipt.next);
      });
    });
}
