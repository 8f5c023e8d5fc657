import ipaddr from 'ipaddr.js';
import { dnsErrors } from '../errors.ts';
import type { ForwardInput } from '../types.ts';
import { foldCase, parentOf, type WireName, wireOf } from '../wire/name.ts';

export interface Upstream {
  /** As it was given, for measures. */
  readonly title: string;
  readonly host: string;
  readonly port: number;
}

/** Upstreams by the folded name at and below which they are asked. */
export type Routes = ReadonlyMap<WireName, readonly Upstream[]>;

/** Checks which names are asked of whom; throws on what is no address or no name. */
export function parseForward(inputs: readonly ForwardInput[]): Routes {
  const routes = new Map<WireName, readonly Upstream[]>();
  for (const { name, upstreams } of inputs) {
    const wire = name.startsWith('*') ? undefined : wireOf(name);
    if (wire === undefined) throw dnsErrors.badZoneName({ name });
    if (upstreams.length > 0) routes.set(foldCase(wire), upstreams.map(parseUpstream));
  }
  return routes;
}

/** The upstreams for a folded name and where they begin; undefined where nobody is asked. */
export function routeFor(
  routes: Routes,
  key: WireName,
): { readonly from: WireName; readonly upstreams: readonly Upstream[] } | undefined {
  for (let at = key; ; at = parentOf(at)) {
    const upstreams = routes.get(at);
    if (upstreams) return { from: at, upstreams };
    if (at.length === 1) return undefined;
  }
}

function parseUpstream(text: string): Upstream {
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? text;
  const port = portText === undefined ? 53 : Number(portText);
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
  if (!isAddress || port < 1 || port > 65_535) throw dnsErrors.badUpstream({ upstream: text });
  return { title: text, host, port };
}
