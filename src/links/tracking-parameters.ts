/** Query parameters that only tell where a visitor came from; `hosts` limits one to the sites that use it so. */
export interface TrackingParameter {
  /** In lower case; a `*` at the end stands for anything. */
  readonly name: string;
  readonly hosts?: readonly string[];
}

// Left out on purpose, because elsewhere they decide what is shown: ref, from, source, src, id, si, t, s, share.
const everywhere = [
  'utm_*',
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid',
  'fbclid',
  'msclkid',
  'twclid',
  'ttclid',
  'yclid',
  'igshid',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  '_hsenc',
  '_hsmi',
  'hsctatracking',
  'vero_id',
  'oly_enc_id',
  'oly_anon_id',
  'ref_src',
  'ref_url',
  'spm',
  'bd_vid',
  'share_source',
  'share_medium',
  'share_plat',
  'share_from',
  'share_session_id',
  'from_source',
];

const onTheirSites: Readonly<Record<string, readonly string[]>> = {
  si: ['youtube.com', 'youtu.be', 'spotify.com'],
  feature: ['youtube.com', 'youtu.be'],
  vd_source: ['bilibili.com'],
  spm_id_from: ['bilibili.com'],
  scm: ['taobao.com', 'tmall.com', 'aliyun.com', 'alibaba.com'],
  utm_psn: ['zhihu.com'],
  wfr: ['baidu.com'],
  igsh: ['instagram.com'],
};

/** All of them, as data. */
export const trackingParameters: readonly TrackingParameter[] = [
  ...everywhere.map((name) => ({ name })),
  ...Object.entries(onTheirSites).map(([name, hosts]) => ({ name, hosts })),
];

const plain = new Set(everywhere.filter((name) => !name.endsWith('*')));
const prefixes = everywhere.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** True where a parameter of this (decoded) name only tracks on this host. */
export function isTracking(parameter: string, host: string): boolean {
  const name = parameter.toLowerCase();
  if (plain.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) return true;
  const hosts = Object.hasOwn(onTheirSites, name) ? onTheirSites[name]! : [];
  return hosts.some((site) => host === site || host.endsWith(`.${site}`));
}
