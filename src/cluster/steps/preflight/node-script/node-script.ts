import { releaseImageTags } from '../../../../kernel/index.ts';
import {
  balancerOf,
  downloadsOf,
  filesUrlOf,
  hostOf,
  installsOf,
  mirrorPrefixOf,
  type Plan,
  registryOf,
  reverseNameOf,
  zoneOf,
} from '../../../plan/index.ts';
import { speaksTls } from '../../stub/node-stub.ts';
import { wantedOf } from '../names/checks.ts';
import { functions } from './functions.ts';
import { call, quoted } from './shell.ts';
import type { NodeScriptWords } from './words.ts';

/**
 * A POSIX shell script that looks at a plan from the side of a node, without Holdfast: names, ports, the registry's
 * certificate, the release, the image, the clock and the gateway. `trustBundle` are authorities (PEM). It changes nothing
 * and holds no secret; its table is that of preflight, and it ends with 1 where a row failed.
 */
export function nodeScript(plan: Plan, words: NodeScriptWords, trustBundle?: string): string {
  // Those stand in the calls below, the others are variables of the script.
  const { about, forward, wildcard, portMend, release, imageMend, ...rest } = words;
  return `${[
    '#!/bin/sh',
    ...about.split('\n').map((line) => `# ${line.replace(/\p{Cc}+/gu, ' ')}`),
    'set -u',
    'LC_ALL=C',
    'export LC_ALL',
    ...Object.entries(rest).map(([name, text]) => `w_${name}=${quoted(text)}`),
    ...bundleLines(trustBundle),
    '',
    functions,
    '',
    ...machineLines(plan),
    ...nameLines(plan, words),
    ...portLines(plan, words),
    ...registryLines(plan, words),
    ...fileLines(plan, words),
    call('gateway', plan.networks.gateway),
    '',
    'if [ $faults -eq 0 ]; then printf \'%s\\n\' "$w_good"; else printf \'%s %s\\n\' "$w_bad" "$faults"; exit 1; fi',
  ].join('\n')}\n`;
}

function bundleLines(trustBundle: string | undefined): readonly string[] {
  if (trustBundle === undefined) return ['ca='];
  return [
    'ca=$(mktemp) || exit 1',
    'trap \'rm -f "$ca"\' EXIT',
    `printf '%s\\n' ${quoted(trustBundle.trim())} >"$ca"`,
  ];
}

function machineLines(plan: Plan): readonly string[] {
  return [call('machine', ...installsOf(plan).flatMap((node) => [node.address, node.interface, node.name]))];
}

function nameLines(plan: Plan, words: NodeScriptWords): readonly string[] {
  const record = (name: string, type: string, data: readonly string[], dot = '') =>
    data.map((one) => `${name}. IN ${type} ${one}${dot}`).join('; ');
  const wanted = wantedOf(plan);
  const forward = wanted
    .filter(({ type }) => type === 'A')
    .map(({ name, data }) =>
      call('forward', `${words.forward} ${name}`, name, [...data].sort().join(' '), record(name, 'A', data)),
    );
  const addresses = new Map(
    [plan.bastion, plan.registry, ...installsOf(plan), { address: plan.balancer.apiAddress }].map(
      ({ address }) => [reverseNameOf(address), address],
    ),
  );
  const backward = wanted
    .filter(({ type, name }) => type === 'PTR' && addresses.has(name))
    .map(({ name, data }) =>
      call('backward', addresses.get(name)!, data.join(' '), record(name, 'PTR', data, '.')),
    );
  const apps = hostOf(plan, 'apps');
  const { ingressAddress } = plan.balancer;
  return [
    ...forward,
    `${call('forward', `${words.wildcard} *.${apps}`)} "$random".${quoted(apps)} ${quoted(ingressAddress)} ${quoted(record(`*.${apps}`, 'A', [ingressAddress]))}`,
    call('absent', zoneOf(plan)),
    ...backward,
  ];
}

function portLines(plan: Plan, words: NodeScriptWords): readonly string[] {
  const name = (port: number) =>
    hostOf(plan, port === 6443 || port === 22623 ? 'api-int' : 'holdfast-preflight.apps');
  return balancerOf(plan).frontends.map(({ port, address, check }) => {
    const path = check.kind === 'https' ? check.path : '/';
    const url = `${speaksTls(port) ? 'https' : 'http'}://${name(port)}:${port}${path}`;
    return call('port', url, `${name(port)}:${port}`, `${words.portMend} ${address}:${port}/tcp`);
  });
}

function registryLines(plan: Plan, words: NodeScriptWords): readonly string[] {
  const { version, architecture } = plan.cluster;
  const tags = releaseImageTags({ version: version.text, architecture });
  const manifests = `https://${registryOf(plan)}/v2/${plan.registry.repository}/manifests`;
  return [
    call('certificate', plan.registry.host, plan.registry.port),
    call(
      'release',
      `${words.release} ${mirrorPrefixOf(plan)}:${version.text}`,
      ...tags.map((tag) => `${manifests}/${tag}`),
    ),
  ];
}

function fileLines(plan: Plan, words: NodeScriptWords): readonly string[] {
  const files = filesUrlOf(plan);
  const images = downloadsOf(plan).filter(({ kind }) => kind !== 'ignition');
  return [
    ...images.map(({ path }) => call('image', `${files}/${path}`, `${words.imageMend} ${path}`)),
    call('clock', `${files}/${images[0]?.path ?? ''}`),
  ];
}
