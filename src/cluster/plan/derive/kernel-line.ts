import { planErrors } from '../errors.ts';
import { findBlock, maskOf } from '../ipv4.ts';
import { hostOf, type Node, type Plan } from '../model.ts';
import { ipField, kernelArguments } from '../render/formats/formats.ts';
import { filesUrlOf, ignitionPathOf, imagePathOf, isLegacyBoot, liveFilesOf } from './downloads.ts';
import { diskOf, isSingleNode } from './machines.ts';

/** The name servers of the nodes: the bastion, or where DNS is somebody else's, what the plan asks; throws `plan.noNameServer`. */
export function nameServersOf({ bastion, dns }: Plan): readonly string[] {
  if (bastion.serves.dns !== 'external') return [bastion.address];
  if (dns.upstream.length === 0) throw planErrors.noNameServer();
  return dns.upstream;
}

/**
 * What is added to the kernel line of a node that boots from an ISO; throws `plan.noNameServer`, or `plan.unrenderable` for what
 * a kernel line cannot hold.
 *
 * `ip=` is written `IP::GATEWAY:MASK:HOST:INTERFACE:none`; `nameserver=` takes effect only after it. Up to 4.5 the installer
 * fetches the raw image; from 4.6 the live system has it. A single node installs itself from the Ignition of its live system.
 */
export function kernelLineOf(plan: Plan, node: Node): string {
  const words = [...networkArguments(plan, node), ...installArguments(plan, node), ...node.kernelArguments];
  return kernelArguments.words(words).text;
}

/** The whole kernel line of a node that boots over a network, where no ISO brings the arguments that all have. */
export function netbootLineOf(plan: Plan, node: Node): string {
  const { rootfs } = liveFilesOf(plan);
  const common = isLegacyBoot(plan)
    ? ['coreos.inst=yes']
    : [`coreos.live.rootfs_url=${filesUrlOf(plan)}/${rootfs}`];
  return ['rd.neednet=1', ...common, kernelLineOf(plan, node)].join(' ');
}

function networkArguments(plan: Plan, node: Node): readonly string[] {
  const { gateway, machine } = plan.networks;
  const fields = [
    node.address,
    '',
    gateway,
    dottedMaskOf(machine),
    hostOf(plan, node.name),
    node.interface,
    'none',
  ];
  return [
    `ip=${fields.map((field) => field && ipField.word(field).text).join(':')}`,
    ...nameServersOf(plan).map((address) => `nameserver=${address}`),
  ];
}

function installArguments(plan: Plan, node: Node): readonly string[] {
  const files = filesUrlOf(plan);
  const ignition = `${files}/${ignitionPathOf(plan, node)}`;
  const disk = diskOf(node);
  if (isSingleNode(plan))
    return ['ignition.firstboot', 'ignition.platform.id=metal', `ignition.config.url=${ignition}`];
  if (isLegacyBoot(plan))
    return [
      `coreos.inst.install_dev=${disk}`,
      `coreos.inst.image_url=${files}/${imagePathOf(plan)}`,
      `coreos.inst.ignition_url=${ignition}`,
    ];
  return [`coreos.inst.install_dev=/dev/${disk}`, `coreos.inst.ignition_url=${ignition}`];
}

function dottedMaskOf(network: string): string {
  const block = findBlock(network);
  if (!block) throw planErrors.unrenderable({ value: network.slice(0, 100), format: 'a kernel line' });
  return maskOf(block.prefix);
}
