import { recordsOf } from '../../derive/records.ts';
import { hostOf, type Plan, zoneOf } from '../../model.ts';
import { type Fragment, fileText } from '../formats/format.ts';
import { corefile, corefileRegexp } from '../formats/formats.ts';
import { zoneFileName } from './servers.ts';

/**
 * The Corefile: names of the cluster from etcd, `apps` and all below it by a template, the other zones from their files, and
 * every other name from upstream where the plan has one.
 */
export function corefileText(plan: Plan): string {
  const [cluster, ...others] = recordsOf(plan).zones;
  return fileText(
    corefile`
      ${clusterBlock(plan, cluster!.name)}
      ${others.map(({ name }) => fileBlock(name))}
      ${plan.dns.upstream.length === 0 ? [] : [upstreamBlock(plan.dns.upstream)]}
    `,
  );
}

function clusterBlock(plan: Plan, zone: string): Fragment<'a Corefile'> {
  const apps = hostOf(plan, 'apps');
  const pattern = corefile`^(.*\\.)?${corefileRegexp(apps)}\\.$`;
  return corefile`
    ${zone}:53 {
        template IN A ${apps} {
            match ${pattern}
            answer "{{ .Name }} ${plan.dns.ttlSeconds} IN A ${plan.balancer.ingressAddress}"
            fallthrough
        }
        # That apps has no IPv6 address is an answer; "no such name" would make some clients give up on IPv4 too.
        template IN AAAA ${apps} {
            match ${pattern}
            rcode NOERROR
            fallthrough
        }
        etcd ${zoneOf(plan)} {
            path /skydns
            endpoint http://127.0.0.1:2379
        }
        prometheus
        cache 160
        reload
        loadbalance
        log
    }
  `;
}

function fileBlock(zone: string): Fragment<'a Corefile'> {
  return corefile`
    ${zone}:53 {
        file /etc/coredns/${zoneFileName(zone)}
        reload
        log
    }
  `;
}

function upstreamBlock(upstream: readonly string[]): Fragment<'a Corefile'> {
  return corefile`
    .:53 {
        forward . ${corefile.words(upstream)}
        prometheus
        cache 160
        reload
        loadbalance
        log
    }
  `;
}
