import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian's boot sector of isolinux; real enough for a boot record. */
const isolinuxBin = '/usr/lib/ISOLINUX/isolinux.bin';
const isohybridMbr = '/usr/lib/ISOLINUX/isohdpfx.bin';

/** Why images cannot be made here; false where they can. */
export const missingTools: string | false =
  spawnSync('xorriso', ['-version']).error !== undefined || !existsSync(isohybridMbr)
    ? 'xorriso or isolinux is not installed'
    : false;

/** The arguments that the images made here come with. */
export const ownArguments =
  'random.trust_cpu=on coreos.liveiso=rhcos-412 ignition.firstboot ignition.platform.id=metal';
const areaBytes = 1131;
const padding = `${ownArguments}\n${'#'.repeat(areaBytes - ownArguments.length - 1)}`;

const isolinuxCfg = (append: string) =>
  `serial 0\ndefault vesamenu.c32\ntimeout 600\nmenu title RHEL CoreOS\n\nlabel linux\n  menu label ^RHEL CoreOS\n  menu default\n  kernel /images/vmlinuz\n  append initrd=/images/initramfs.img ${append}\nmenu separator\nmenu end\n`;
const grubCfg = (append: string) =>
  `set default="1"\nfunction load_video {\n  insmod all_video\n}\nset timeout=60\nmenuentry 'RHEL CoreOS' --class red {\n\tlinux /images/vmlinuz ${append}\n\tinitrd /images/initramfs.img\n}\n`;

const common = { 'images/vmlinuz': 'kernel', 'images/initramfs.img': 'initramfs' };

/** The files of a live image as those of 4.7 and later are laid out. */
export function liveFiles(areaKib = 256): Record<string, string | Uint8Array> {
  const menus = { 'isolinux/isolinux.cfg': isolinuxCfg(padding), 'EFI/redhat/grub.cfg': grubCfg(padding) };
  const files = Object.entries(menus).map(([path, text]) => ({
    path,
    offset: text.indexOf(ownArguments),
    pad: '#',
    end: '\n',
  }));
  return {
    ...common,
    ...menus,
    'images/ignition.img': new Uint8Array(areaKib * 1024),
    'coreos/igninfo.json': JSON.stringify({ file: 'images/ignition.img' }),
    'coreos/kargs.json': JSON.stringify({ default: ownArguments, files, size: areaBytes }),
  };
}

/** The files of an installer image as that of 4.5 is laid out. */
export const installerFiles = (): Record<string, string | Uint8Array> => ({
  ...common,
  'isolinux/isolinux.cfg': isolinuxCfg('nomodeset rd.neednet=1 coreos.inst=yes'),
  'EFI/redhat/grub.cfg': grubCfg('nomodeset rd.neednet=1 coreos.inst=yes'),
});

/** Makes an image that boots by BIOS and UEFI, on a disc and on a stick, from files. */
export async function makeIso(
  folder: string,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const root = join(folder, `${name}-root`);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const iso = join(folder, `${name}.iso`);
  await copyFile(isolinuxBin, join(root, 'isolinux/isolinux.bin'));
  await writeFile(join(root, 'images/efiboot.img'), Buffer.alloc(64 * 1024, 1));
  await run('xorriso', [
    ...['-as', 'mkisofs', '-quiet', '-V', 'rhcos-test', '-r', '-J', '-o', iso],
    ...['-b', 'isolinux/isolinux.bin', '-c', 'isolinux/boot.cat', '-no-emul-boot'],
    ...['-boot-load-size', '4', '-boot-info-table', '-isohybrid-mbr', isohybridMbr],
    ...['-eltorito-alt-boot', '-e', 'images/efiboot.img', '-no-emul-boot', '-isohybrid-gpt-basdat'],
    root,
  ]);
  return iso;
}

/** The files of an image, as xorriso takes them out. */
export async function extract(iso: string, to: string): Promise<void> {
  await run('xorriso', ['-osirrox', 'on', '-indev', iso, '-extract', '/', to]);
  await run('chmod', ['-R', 'u+w', to]);
}

/** What xorriso says of an image's boot records. */
export async function bootRecords(iso: string): Promise<string> {
  const { stdout } = await run('xorriso', [
    '-indev',
    iso,
    '-report_el_torito',
    'plain',
    '-report_system_area',
    'plain',
  ]);
  return stdout;
}
