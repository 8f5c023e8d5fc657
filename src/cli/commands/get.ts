import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Rendition } from '../../capture/index.ts';
import { type Format, formats, type Snapshot } from '../../links/index.ts';
import { localizeError } from '../../texts/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { plainBytes } from '../output/for-terminal.ts';
import { sizeText } from '../output/formats.ts';
import type { Workspace } from '../program.ts';
import { resolveSnapshot } from '../refs.ts';
import { choiceOf, verb } from '../verb.ts';
import { waitForJobs } from '../wait/wait-for-jobs.ts';
import { writeFileWhole } from '../write-file.ts';

interface Flags extends GlobalFlags {
  readonly as: string;
  readonly output?: string;
}

const textual: readonly Format[] = ['html', 'text', 'md'];

/** `holdfast get <snapshot> --as <format>` */
export function getCommand(context: Context): Command {
  const { texts } = context;
  return verb('get', texts.get.about, context)
    .argument('<snapshot>', texts.get.ref)
    .requiredOption('--as <format>', texts.get.as)
    .option('-o, --output <file>', texts.get.output)
    .action((ref: string, flags: Flags) => {
      const format = choiceOf('--as', flags.as, formats);
      if (flags.output === undefined && context.io.stdout.isTTY && !textual.includes(format))
        throw cliErrors.binaryToTerminal({ format });
      return context.withWorkspace(flags, async (workspace) => {
        const snapshot = await resolveSnapshot(workspace, ref);
        const rendition = await openRendition(context, workspace, snapshot, format);
        await deliver(context, rendition, format, flags);
      });
    });
}

async function deliver(context: Context, rendition: Rendition, format: Format, flags: Flags): Promise<void> {
  if (flags.output === undefined) return pour(context, rendition);
  const { fileName, mediaType, body } = rendition;
  const written = await writeFileWhole(flags.output, fileName, body);
  if (flags.json) context.sayJson({ ...written, format, mediaType });
  else context.note(context.texts.get.written(written.path, sizeText(written.sizeBytes)));
}

/** To stdout, byte for byte where that is no terminal; a reader that has seen enough (`head`) is no error. */
async function pour({ io }: Context, { body }: Rendition): Promise<void> {
  const shown = io.stdout.isTTY ? plainBytes(body) : body;
  try {
    await pipeline(Readable.from(shown, { objectMode: false }), io.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

async function openRendition(
  context: Context,
  workspace: Workspace,
  snapshot: Snapshot,
  format: Format,
): Promise<Rendition> {
  const { id, digest, verdict, linkId } = snapshot;
  if (digest === null) throw cliErrors.noBytes({ snapshot: id, verdict, link: linkId });
  if (format === 'pdf' && !snapshot.formats.includes('pdf') && snapshot.formats.includes('html'))
    await makePdf(context, workspace, snapshot);
  const reader = await (await workspace.readers()).open(digest);
  return reader.as(format);
}

/** PDFs are made after everything that somebody waits for; who asks for one is somebody. */
async function makePdf(context: Context, workspace: Workspace, snapshot: Snapshot): Promise<void> {
  const { id } = snapshot;
  const { requestPdf } = await import('../../capture/index.ts');
  const job = await requestPdf(workspace.jobs, snapshot, 'person');
  const [ended] = await waitForJobs(context, workspace, [{ id: job.id, label: id }], async () => {});
  if (ended?.fault)
    throw cliErrors.notMade({ snapshot: id, detail: localizeError(ended.fault, context.language).message });
}
