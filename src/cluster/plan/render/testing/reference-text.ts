/** What the reference text types into etcd, key by key: its 14 records. */
export const referenceKeys: Readonly<Record<string, string>> = {
  '/skydns/com/example/openshift4/api': '{"host":"10.225.45.250","ttl":60}',
  '/skydns/com/example/openshift4/api-int': '{"host":"10.225.45.250","ttl":60}',
  '/skydns/com/example/openshift4/etcd-0': '{"host":"10.225.45.251","ttl":60}',
  '/skydns/com/example/openshift4/etcd-1': '{"host":"10.225.45.252","ttl":60}',
  '/skydns/com/example/openshift4/etcd-2': '{"host":"10.225.45.222","ttl":60}',
  '/skydns/com/example/openshift4/_tcp/_etcd-server-ssl/x1':
    '{"host":"etcd-0.openshift4.example.com","ttl":60,"priority":0,"weight":10,"port":2380}',
  '/skydns/com/example/openshift4/_tcp/_etcd-server-ssl/x2':
    '{"host":"etcd-1.openshift4.example.com","ttl":60,"priority":0,"weight":10,"port":2380}',
  '/skydns/com/example/openshift4/_tcp/_etcd-server-ssl/x3':
    '{"host":"etcd-2.openshift4.example.com","ttl":60,"priority":0,"weight":10,"port":2380}',
  '/skydns/com/example/openshift4/bootstrap': '{"host":"10.225.45.223","ttl":60}',
  '/skydns/com/example/openshift4/master1': '{"host":"10.225.45.251","ttl":60}',
  '/skydns/com/example/openshift4/master2': '{"host":"10.225.45.252","ttl":60}',
  '/skydns/com/example/openshift4/master3': '{"host":"10.225.45.222","ttl":60}',
  '/skydns/com/example/openshift4/worker1': '{"host":"10.225.45.223","ttl":60}',
  '/skydns/com/example/openshift4/registry': '{"host":"10.225.45.226","ttl":60}',
};

/** The frontends and backends of the reference's haproxy.cfg, as it writes them. */
export const referenceHaproxy = `
frontend openshift-api-server
    bind :6443
    default_backend openshift-api-server
    mode tcp
    option tcplog
backend openshift-api-server
    balance roundrobin
    mode tcp
    option httpchk GET /healthz
    http-check expect string ok
    default-server inter 10s downinter 5s rise 2 fall 2 slowstart 60s maxconn 250 maxqueue 256 weight 100
    server bootstrap 10.225.45.223:6443 check check-ssl verify none
    server master1 10.225.45.251:6443 check check-ssl verify none
    server master2 10.225.45.252:6443 check check-ssl verify none
    server master3 10.225.45.222:6443 check check-ssl verify none
frontend machine-config-server
    bind :22623
    default_backend machine-config-server
    mode tcp
    option tcplog
backend machine-config-server
    balance roundrobin
    mode tcp
    server bootstrap 10.225.45.223:22623 check
    server master1 10.225.45.251:22623 check
    server master2 10.225.45.252:22623 check
    server master3 10.225.45.222:22623 check
frontend ingress-http
    bind :80
    default_backend ingress-http
    mode tcp
    option tcplog
backend ingress-http
    balance roundrobin
    mode tcp
    server master1 10.225.45.251:80 check
    server master2 10.225.45.252:80 check
    server master3 10.225.45.222:80 check
frontend ingress-https
    bind :443
    default_backend ingress-https
    mode tcp
    option tcplog
backend ingress-https
    balance roundrobin
    mode tcp
    server master1 10.225.45.251:443 check
    server master2 10.225.45.252:443 check
    server master3 10.225.45.222:443 check
`;

/** The reference's install-config.yaml as it reads, but for the secrets, which it leaves out too. */
export const referenceInstallConfig = {
  apiVersion: 'v1',
  baseDomain: 'example.com',
  compute: [{ hyperthreading: 'Enabled', name: 'worker', replicas: 0 }],
  controlPlane: { hyperthreading: 'Enabled', name: 'master', replicas: 3 },
  metadata: { name: 'openshift4' },
  networking: {
    clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
    networkType: 'OpenShiftSDN',
    serviceNetwork: ['172.30.0.0/16'],
  },
  platform: { none: {} },
  fips: false,
  imageContentSources: [
    {
      mirrors: ['registry.openshift4.example.com/ocp4/openshift4'],
      source: 'quay.io/openshift-release-dev/ocp-release',
    },
    {
      mirrors: ['registry.openshift4.example.com/ocp4/openshift4'],
      source: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
    },
  ],
};

/** One place where what is rendered differs from the reference on purpose. */
export interface Deviation {
  readonly file: string;
  readonly reference: string;
  readonly rendered: string;
  readonly why: string;
}

/** All of them; docs/deviations.md has the same table. */
export const deviations: readonly Deviation[] = [
  {
    file: 'dns/*.zone',
    reference: 'no reverse zone',
    rendered: 'PTR for api, api-int, bastion, registry and every node',
    why: 'the documentation asks for them; nodes and certificate requests look names up backward',
  },
  {
    file: 'dns/*.zone',
    reference: 'no name for the bastion',
    rendered: 'A and PTR of the bastion, which is the name server of the zones',
    why: 'a zone needs a name server, and people log in to it',
  },
  {
    file: 'dns/*.zone',
    reference: 'SRV answers of 10 33 (CoreDNS makes them of priority 0, weight 10)',
    rendered: 'SRV answers of 0 10, as its own keys and the documentation say',
    why: 'what is served is what is written; the etcd keys are those of the reference',
  },
  {
    file: 'dns/Corefile',
    reference: 'match .*apps\\.openshift4\\.example\\.com',
    rendered: 'match ^(.*\\.)?apps\\.openshift4\\.example\\.com\\.$',
    why: 'the pattern of the reference matches myapps.openshift4.example.com and x.apps.openshift4.example.com.evil.org too',
  },
  {
    file: 'dns/Corefile',
    reference: 'AAAA of apps goes to etcd and then upstream',
    rendered: 'AAAA of apps is answered without a record',
    why: 'behind an air gap upstream does not answer, and each lookup of a route waited for it',
  },
  {
    file: 'dns/Corefile',
    reference: 'names of the cluster that etcd does not have are asked upstream',
    rendered: 'a server block of its own for the zone, which ends there',
    why: 'internal names leave the house, and a name that is missing looks slow in place of missing',
  },
  {
    file: 'compose.yaml',
    reference: 'etcd listens on 0.0.0.0 of a container network',
    rendered: 'etcd listens on 127.0.0.1',
    why: 'who writes into it owns every name of the cluster',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'option httpchk GET /healthz, http-check expect string ok',
    rendered: 'option httpchk GET /readyz, http-check expect status 200',
    why: '/readyz says no while an API server starts or goes down, /healthz does not',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'rise 2, and only for the API',
    rendered: 'rise 3, and the same pace for every backend',
    why: 'a server that flaps while it comes up is not taken in too early; what the machine config operator asks for',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'maxconn 2000 in all and 250 to a server, maxqueue 256',
    rendered: 'maxconn 20000 in all and 4000 to a server',
    why: 'a cluster of twenty nodes holds thousands of connections to the API; a queue looks like a sick API',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'timeout client and server 50 s',
    rendered: '1 h, with timeout tunnel',
    why: 'watches and oc exec are silent for minutes, and were cut off',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'bind :6443, :22623, :80, :443',
    rendered: 'bind to the addresses of the plan',
    why: 'the machine configuration holds secrets and is for nodes alone; another address keeps its 443 for a registry',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'stats on every address with admin:openshift',
    rendered: 'stats on 127.0.0.1 without a password',
    why: 'a password that stands in a public text is none; ssh leads there',
  },
  {
    file: 'haproxy/haproxy.cfg',
    reference: 'log 127.0.0.1 local0 err',
    rendered: 'log stdout format raw local0 notice',
    why: 'nothing listens for syslog in a container; changes of a server’s state are seen',
  },
  {
    file: 'haproxy/after-bootstrap.cfg',
    reference: 'two lines are deleted by hand',
    rendered: 'a second file without bootstrap',
    why: 'nothing is edited in the middle of an installation',
  },
  {
    file: 'nginx/default.conf',
    reference: 'autoindex, everything for everybody',
    rendered: 'no index; each ignition file for its own nodes and the bastion',
    why: 'ignition files hold keys and the pull secret',
  },
  {
    file: 'install-config.yaml',
    reference: 'no machineNetwork',
    rendered: 'networking.machineNetwork is the network of the plan',
    why: 'the installer takes 10.0.0.0/16 without it, and judges overlaps by that',
  },
];
