import type { IsoImage } from '../iso/iso-image.ts';

/** A boot menu of an image. */
export interface BootMenu {
  readonly kind: 'isolinux' | 'grub';
  /** Its path in the image, as xorriso takes it. */
  readonly path: string;
  readonly text: string;
}

const places: readonly Pick<BootMenu, 'kind' | 'path'>[] = [
  { kind: 'isolinux', path: '/isolinux/isolinux.cfg' },
  { kind: 'grub', path: '/EFI/redhat/grub.cfg' },
  { kind: 'grub', path: '/EFI/centos/grub.cfg' },
  { kind: 'grub', path: '/EFI/fedora/grub.cfg' },
  { kind: 'grub', path: '/EFI/BOOT/grub.cfg' },
];

const mostMenuBytes = 256 * 1024;

/** Every boot menu of an RHCOS image. */
export async function readBootMenus(iso: IsoImage): Promise<readonly BootMenu[]> {
  const menus: BootMenu[] = [];
  for (const { kind, path } of places) {
    const bytes = await iso.findBytes(path, mostMenuBytes);
    if (bytes) menus.push({ kind, path, text: bytes.toString('utf8') });
  }
  return menus;
}
