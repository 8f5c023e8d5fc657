import type { Opening } from '../../derive/ports.ts';
import { markdown } from '../formats/formats.ts';
import type { Line, RunbookFacts } from './facts.ts';

type Words = {
  readonly purposes: Readonly<Record<Opening['purpose'], Line>>;
  readonly parties: Readonly<Record<Opening['from'], Line>>;
};

const words: Readonly<Record<'en' | 'zh-CN', Words>> = {
  en: {
    purposes: {
      dns: markdown`names`,
      api: markdown`Kubernetes API`,
      machineConfig: markdown`machine configuration`,
      http: markdown`routes over HTTP`,
      https: markdown`routes over HTTPS`,
      files: markdown`boot files`,
      registry: markdown`images`,
      etcd: markdown`etcd`,
      hostServices: markdown`node exporter and other host services`,
      kubernetes: markdown`kubelet and others of Kubernetes`,
      routerMeasures: markdown`measures of the router`,
      vxlan: markdown`VXLAN between pods`,
      geneve: markdown`Geneve between pods`,
      ipsecKeys: markdown`IPsec keys and NAT traversal`,
      nodePorts: markdown`node ports`,
      esp: markdown`IPsec`,
      ssh: markdown`ssh as core`,
      time: markdown`time`,
    },
    parties: {
      nodes: markdown`every node`,
      masters: markdown`masters`,
      bootstrap: markdown`bootstrap`,
      ingress: markdown`nodes that take ingress`,
      bastion: markdown`bastion`,
      balancer: markdown`balancer`,
      registry: markdown`registry`,
      timeServers: markdown`time servers`,
      clients: markdown`users of the cluster`,
    },
  },
  'zh-CN': {
    purposes: {
      dns: markdown`域名`,
      api: markdown`Kubernetes API`,
      machineConfig: markdown`机器配置`,
      http: markdown`HTTP 路由`,
      https: markdown`HTTPS 路由`,
      files: markdown`引导文件`,
      registry: markdown`镜像`,
      etcd: markdown`etcd`,
      hostServices: markdown`node exporter 等主机服务`,
      kubernetes: markdown`kubelet 等 Kubernetes 组件`,
      routerMeasures: markdown`路由器指标`,
      vxlan: markdown`Pod 间 VXLAN`,
      geneve: markdown`Pod 间 Geneve`,
      ipsecKeys: markdown`IPsec 密钥与 NAT 穿越`,
      nodePorts: markdown`NodePort`,
      esp: markdown`IPsec`,
      ssh: markdown`以 core 登录 ssh`,
      time: markdown`时间`,
    },
    parties: {
      nodes: markdown`所有节点`,
      masters: markdown`控制平面`,
      bootstrap: markdown`引导主机`,
      ingress: markdown`承接入口流量的节点`,
      bastion: markdown`基础节点`,
      balancer: markdown`负载均衡`,
      registry: markdown`镜像仓库`,
      timeServers: markdown`时间服务器`,
      clients: markdown`集群用户`,
    },
  },
};

/** An opening in the firewall as a row: from, to, protocol, ports, what for. */
export function openingRow(facts: RunbookFacts, opening: Opening, language: keyof typeof words): Line {
  const { purposes, parties } = words[language];
  const { from, to, protocol, ports, purpose } = opening;
  const party = (it: Opening['from']) => markdown`${parties[it]}${addresses(facts, it)}`;
  return markdown`| ${party(from)} | ${party(to)} | ${protocol} | ${ports === '' ? '-' : markdown.words(ports.split(', '), ', ')} | ${purposes[purpose]} |`;
}

/** All nodes would fill the table. */
const addresses = ({ parties }: RunbookFacts, party: Opening['from']): Line =>
  party === 'nodes' || parties[party].text === '' ? markdown`` : markdown` (${parties[party]})`;
