import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestOf, errorText } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import { findText, makePrivateFolder, syncFolder, writePrivateFile } from '../private-file.ts';
import { type AppliedManifest, applyPlan, type OwnManifest } from './apply-plan.ts';
import { expiryOf } from './expiry.ts';
import { type ParsedIgnition, parseIgnition } from './parse-ignition.ts';
import { createRedactor, secretsOf } from './redact.ts';
import { type InstallerTarget, messageOf, runInstaller } from './run-installer.ts';
import type { Generation, IgnitionFile, IgnitionInputs, MakeOptions } from './types.ts';

/** The file that brings the cluster up, whose certificates are those that end soon. */
export const leadingFile = { cluster: 'bootstrap.ign', singleNode: 'bootstrap-in-place-for-live-iso.ign' };
const filesOf = {
  cluster: ['bootstrap.ign', 'master.ign', 'worker.ign'],
  singleNode: ['bootstrap-in-place-for-live-iso.ign'],
};
const maxIgnitionBytes = 64 * 1024 ** 2;
const maxLogLines = 40_000;
/** Certificates that were just made have a day before them; less tells that a state of before was used. */
const leastLeftMs = 23 * 3_600_000;

/** Runs `openshift-install` in a folder that was never used, and puts the outcome at `<generations>/<id>`, whole or not at all. */
export async function makeGeneration(
  generations: string,
  id: string,
  inputs: IgnitionInputs,
  own: readonly OwnManifest[],
  digest: Digest,
  nowMs: () => number,
  { signal, onProgress, onLine }: MakeOptions,
): Promise<Generation> {
  const draft = join(generations, `${id}.making`);
  const folder = join(draft, 'install');
  const kind = inputs.singleNode ? 'singleNode' : 'cluster';
  const createdAt = nowMs();
  const redact = createRedactor(secretsOf(inputs.installConfig));
  const lines: string[] = [];
  const step = (stage: string, done: number) => onProgress?.({ stage, done, total: 4, unit: 'steps' });
  const run = (target: InstallerTarget) =>
    runInstaller({
      installer: inputs.installer,
      target,
      folder,
      redact,
      ...(inputs.releaseImage !== undefined && { releaseImage: inputs.releaseImage }),
      ...(signal && { signal }),
      onLine(line) {
        if (lines.length < maxLogLines) lines.push(line);
        if (!/level=debug|^DEBUG/.test(line)) onLine?.(messageOf(line));
      },
    });
  await makePrivateFolder(folder);
  try {
    await writePrivateFile(join(folder, 'install-config.yaml'), inputs.installConfig);
    step('ignitionManifests', 0);
    await run('manifests');
    step('ignitionApply', 1);
    const applied = await applyPlan(folder, inputs.manifests, own);
    // They are consumed by the next run, and who looks for a fault wants to see them.
    for (const name of ['manifests', 'openshift'])
      await cp(join(folder, name), join(draft, 'applied', name), { recursive: true });
    step('ignitionConfigs', 2);
    await run(inputs.singleNode ? 'single-node-ignition-config' : 'ignition-configs');
    step('ignitionVerify', 3);
    const generation: Generation = {
      id,
      kind,
      createdAt,
      inputs: digest,
      ...(await measure(folder, kind, createdAt, applied)),
    };
    await writeLog(draft, folder, lines, redact);
    await writePrivateFile(join(draft, 'generation.json'), `${JSON.stringify(generation, undefined, 2)}\n`);
    await makePrivate(draft);
    await rename(draft, join(generations, id));
    await syncFolder(generations);
    step('ignitionVerify', 4);
    return generation;
  } catch (error) {
    // What was half made holds keys of no use; its log is kept.
    const log = join(generations, `${id}.failed.log`);
    if (lines.length > 0) await writePrivateFile(log, `${lines.join('\n')}\n`);
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function measure(
  folder: string,
  kind: Generation['kind'],
  createdAt: number,
  applied: readonly AppliedManifest[],
): Promise<Pick<Generation, 'files' | 'expiresAt' | 'expiryFrom' | 'shortLived'>> {
  const files: IgnitionFile[] = [];
  let lead: ParsedIgnition | undefined;
  for (const name of filesOf[kind]) {
    const text = await findText(join(folder, name), maxIgnitionBytes).catch((cause) => {
      throw stepsErrors.badIgnition({ file: name, fault: errorText(cause) }, { cause });
    });
    if (text === undefined) throw stepsErrors.badIgnition({ file: name, fault: 'it was not made' });
    try {
      const parsed = parseIgnition(text);
      if (name === leadingFile[kind]) lead = parsed;
      const sha512 = createHash('sha512').update(text).digest('hex');
      const { expiresAt } = expiryOf(parsed, createdAt);
      files.push({ name, sizeBytes: Buffer.byteLength(text), sha512, expiresAt });
    } catch (cause) {
      throw stepsErrors.badIgnition({ file: name, fault: errorText(cause) }, { cause });
    }
  }
  const { expiresAt, from, shortLived } = expiryOf(lead!, createdAt);
  if (expiresAt - createdAt < leastLeftMs)
    throw stepsErrors.oldCertificates({ ends: new Date(expiresAt).toISOString() });
  for (const { path, text } of applied) {
    const held = lead!.files.get(`/opt/openshift/${path}`);
    if (held === undefined || Buffer.from(held).toString().trim() !== text.trim())
      throw stepsErrors.notApplied({ manifest: path });
  }
  return { files, expiresAt, expiryFrom: from, shortLived };
}

/** The program's own log is left out: it may hold what ours leaves out. */
async function writeLog(
  draft: string,
  folder: string,
  lines: readonly string[],
  redact: (text: string) => string,
): Promise<void> {
  await rm(join(folder, '.openshift_install.log'), { force: true });
  const password = await findText(join(folder, 'auth', 'kubeadmin-password'), 4096);
  const clean = createRedactor(password ? [password.trim()] : []);
  await writePrivateFile(join(draft, 'installer.log'), `${clean(redact(lines.join('\n')))}\n`);
}

async function makePrivate(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const it of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, it.name);
    if (it.isDirectory()) await makePrivate(path);
    else if (it.isFile()) await chmod(path, 0o600);
  }
}

/** A digest over everything that a generation is made from. */
export async function digestOfInputs(inputs: IgnitionInputs, own: readonly OwnManifest[]): Promise<Digest> {
  const { installer, installConfig, releaseImage, manifests, singleNode } = inputs;
  const program = createHash('sha256');
  try {
    for await (const piece of createReadStream(installer, { highWaterMark: 1024 ** 2 }))
      program.update(piece);
  } catch (cause) {
    throw stepsErrors.installerMissing({ path: installer, detail: errorText(cause) }, { cause });
  }
  const all = [installConfig, releaseImage, [...manifests].sort(), singleNode, own, program.digest('hex')];
  return digestOf(JSON.stringify(all));
}

/** Reads what was kept of a generation; undefined where the folder holds none. */
export async function findGeneration(folder: string): Promise<Generation | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'generation.json'), 'utf8')) as Generation;
  } catch {
    return undefined;
  }
}
