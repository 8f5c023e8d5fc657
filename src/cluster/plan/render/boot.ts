import { filesUrlOf, isLegacyBoot, liveFilesOf } from '../derive/downloads.ts';
import { kernelLineOf, netbootLineOf } from '../derive/kernel-line.ts';
import { installsOf } from '../derive/machines.ts';
import type { Node, Plan } from '../model.ts';
import { fileText } from './formats/format.ts';
import { ipxe } from './formats/formats.ts';

/** The files of RHCOS that a node of 4.5 or earlier boots from over a network. */
const installerFiles = { kernel: 'rhcos-installer-kernel', initramfs: 'rhcos-installer-initramfs.img' };

/** What each installation boots with, by path: `boot/<node>.txt`, what is added to its kernel line, and `boot/<node>.ipxe`. */
export function bootFilesOf(plan: Plan): ReadonlyMap<string, string> {
  return new Map(
    installsOf(plan).flatMap((node) => [
      [`boot/${node.name}.txt`, `${kernelLineOf(plan, node)}\n`],
      [`boot/${node.name}.ipxe`, ipxeText(plan, node)],
    ]),
  );
}

/** An iPXE script that installs a node. */
function ipxeText(plan: Plan, node: Node): string {
  const { kernel, initramfs } = isLegacyBoot(plan) ? installerFiles : liveFilesOf(plan);
  const files = filesUrlOf(plan);
  return fileText(ipxe`
    #!ipxe
    kernel ${files}/${kernel} initrd=main ${ipxe.words(netbootLineOf(plan, node).split(' '))}
    initrd --name main ${files}/${initramfs}
    boot
  `);
}
