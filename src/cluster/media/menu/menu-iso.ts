import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mediaErrors } from '../errors.ts';
import { openIso } from '../iso/iso-image.ts';
import { findIgnitionArea } from '../live/ignition-area.ts';
import { checkArguments } from '../live/kernel-arguments.ts';
import { type MakeOptions, makeFile } from '../new-file.ts';
import { type BootMenu, readBootMenus } from './boot-menus.ts';
import { withGrubEntries } from './grub.ts';
import { withIsolinuxEntries } from './isolinux.ts';
import { isPlainTitle, type MenuEntry } from './menu-entry.ts';
import { runXorriso } from './xorriso.ts';

export interface MenuIsoOptions extends MakeOptions {
  readonly source: string;
  readonly target: string;
  /** One boots by itself after 5 s; several are a menu that waits. */
  readonly entries: readonly MenuEntry[];
  /** Default `xorriso`. */
  readonly xorriso?: string;
}

/**
 * Makes a copy of an image with entries before those of its boot menus, for BIOS and UEFI, with its boot records kept; by
 * xorriso. For images without areas for kernel arguments: the installer of RHCOS up to 4.5, the live image of 4.6.
 */
export async function menuIso(options: MenuIsoOptions): Promise<void> {
  const { source, target, entries, signal, xorriso = 'xorriso' } = options;
  for (const { title, kernelArguments } of entries) {
    if (!isPlainTitle(title)) throw mediaErrors.badArgument({ argument: title.slice(0, 100) });
    checkArguments(kernelArguments);
  }
  const menus = await newMenus(source, entries);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-menu-'));
  try {
    const maps: string[] = [];
    for (const [index, { path, text }] of menus.entries()) {
      const file = join(folder, String(index));
      await writeFile(file, text);
      maps.push('-map', file, path);
    }
    await makeFile(source, target, 0o644, async (temporary) => {
      const args = [
        '-indev',
        resolve(source),
        '-outdev',
        resolve(temporary),
        '-boot_image',
        'any',
        'replay',
        ...maps,
      ];
      await runXorriso({ path: target, args, signal, program: xorriso });
      await pointToIgnition(temporary);
      await readBack(temporary, target, menus);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function newMenus(source: string, entries: readonly MenuEntry[]): Promise<readonly BootMenu[]> {
  const iso = await openIso(source);
  try {
    const menus = await readBootMenus(iso);
    if (menus.length === 0) throw mediaErrors.noMenu({ path: source, fault: 'it has no menu file' });
    return menus.map(({ kind, path, text }) => {
      const changed =
        kind === 'isolinux' ? withIsolinuxEntries(text, entries) : withGrubEntries(text, entries);
      if (changed === undefined)
        throw mediaErrors.noMenu({ path: source, fault: `"${path}" has no entry to begin from` });
      return { kind, path, text: changed };
    });
  } finally {
    await iso.close();
  }
}

/** Where coreos-installer of 4.6 finds the area for Ignition: 24 bytes at the end of the system area. */
const header = { offset: 32_768 - 24, magic: 'coreiso+' };

/** xorriso moves files; a header that says where the area was would lead a later embedding astray. */
async function pointToIgnition(path: string): Promise<void> {
  const iso = await openIso(path);
  try {
    const bytes = await iso.read(header.offset, 24);
    const area = await findIgnitionArea(iso);
    if (bytes.toString('latin1', 0, 8) !== header.magic || !area) return;
    bytes.writeBigUInt64LE(BigInt(area.offset), 8);
    bytes.writeBigUInt64LE(BigInt(area.sizeBytes), 16);
    const file = await open(path, 'r+');
    try {
      await file.write(bytes, 0, bytes.length, header.offset);
    } finally {
      await file.close();
    }
  } finally {
    await iso.close();
  }
}

async function readBack(path: string, target: string, menus: readonly BootMenu[]): Promise<void> {
  const iso = await openIso(path);
  try {
    const now = new Map((await readBootMenus(iso)).map((menu) => [menu.path, menu.text]));
    for (const menu of menus)
      if (now.get(menu.path) !== menu.text)
        throw mediaErrors.notWritten({ path: target, fault: `"${menu.path}" differs` });
  } finally {
    await iso.close();
  }
}
