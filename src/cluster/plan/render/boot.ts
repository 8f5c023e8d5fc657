import { filesUrlOf, isLegacyBoot, liveFilesOf } from '../derive/downloads.ts';
import { kernelLineOf, netbootLineOf } from '../derive/kernel-line.ts';
import type { Node, Plan } from '../model.ts';
import { fileText } from './formats/format.ts';
import { ipxe } from './formats/formats.ts';

/** The files of RHCOS that a node of 4.5 or earlier boots from over a network. */
const installerFiles = { kernel: 'rhcos-installer-kernel', initramfs: 'rhcos-installer-initramfs.img' };

/** What is added to the kernel line at the console of a node, on one line. */
export function bootText(plan: Plan, node: Node): string {
  return `${kernelLineOf(plan, node)}\n`;
}

/** An iPXE script that installs a node. */
export function ipxeText(plan: Plan, node: Node): string {
  const { kernel, initramfs } = isLegacyBoot(plan) ? installerFiles : liveFilesOf(plan);
  const files = filesUrlOf(plan);
  return fileText(ipxe`
    #!ipxe
    kernel ${files}/${kernel} initrd=main ${ipxe.words(netbootLineOf(plan, node).split(' '))}
    initrd --name main ${files}/${initramfs}
    boot
  `);
}
