import { atLeast, type Node, type NodeRole, type Plan } from '../model.ts';
import { filePath } from '../render/formats/formats.ts';
import { installsOf, isSingleNode } from './machines.ts';

export type DownloadKind = 'image' | 'ignition' | 'kernel' | 'initramfs' | 'rootfs';

/** A file of the file service, and the nodes that are to fetch it. */
export interface Download {
  /** Below the file service, without a leading slash: `ignition/master.ign`. */
  readonly path: string;
  readonly kind: DownloadKind;
  /** Of an Ignition file. */
  readonly role?: NodeRole;
  /** Installations in the order of the plan; bootstrap and the worker it becomes are two at one address. */
  readonly nodes: readonly { readonly name: string; readonly address: string }[];
}

/** The files that nodes boot from over a network, from 4.6 on. */
export interface LiveFiles {
  readonly kernel: string;
  readonly initramfs: string;
  readonly rootfs: string;
}

/** True up to 4.5, where an installer ISO writes a raw image that it fetches; later a live system brings its own. */
export const isLegacyBoot = (plan: Plan): boolean => !atLeast(plan.cluster.version, 4, 6);

/** Where the file service is, `http://10.225.45.250:8080`. */
export function filesUrlOf({ bastion }: Plan): string {
  return `http://${bastion.address}${bastion.filesPort === 80 ? '' : `:${bastion.filesPort}`}`;
}

/** The names that RHCOS gives its live files, without its version, so that one plan serves each. */
export function liveFilesOf({ cluster: { architecture } }: Plan): LiveFiles {
  return {
    kernel: `rhcos-live-kernel-${architecture}`,
    initramfs: `rhcos-live-initramfs.${architecture}.img`,
    rootfs: `rhcos-live-rootfs.${architecture}.img`,
  };
}

/** The raw image below the file service; throws `plan.unrenderable` for a path that leads out of it. */
export const imagePathOf = ({ rhcos }: Plan): string => filePath.word(rhcos.image).text;

/** The Ignition file of a node, below the file service; a single node has the one that the installer makes for it. */
export function ignitionPathOf(plan: Plan, node: Node): string {
  return isSingleNode(plan) ? 'ignition/bootstrap-in-place-for-live-iso.ign' : `ignition/${node.role}.ign`;
}

/** Every file that the file service has to hold, and who fetches it; each path once. */
export function downloadsOf(plan: Plan): readonly Download[] {
  const nodes = installsOf(plan);
  const live = liveFilesOf(plan);
  const named = (those: readonly Node[]) => those.map(({ name, address }) => ({ name, address }));
  const boot: readonly Download[] = isLegacyBoot(plan)
    ? [{ path: imagePathOf(plan), kind: 'image', nodes: named(nodes) }]
    : (['kernel', 'initramfs', 'rootfs'] as const).map((kind) => ({
        path: live[kind],
        kind,
        nodes: named(nodes),
      }));
  const paths = [...new Set(nodes.map((node) => ignitionPathOf(plan, node)))];
  const ignition = paths.map((path): Download => {
    const those = nodes.filter((node) => ignitionPathOf(plan, node) === path);
    return { path, kind: 'ignition', role: those[0]!.role, nodes: named(those) };
  });
  return [...boot, ...ignition];
}
