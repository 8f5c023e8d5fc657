import { portsOf } from '../derive/ports.ts';
import { recordsOf } from '../derive/records.ts';
import { planErrors } from '../errors.ts';
import { bootstrapOf, type Plan } from '../model.ts';
import { bootFilesOf } from './boot.ts';
import { corefileText } from './dns/corefile.ts';
import { etcdKeysText, etcdLoadText } from './dns/etcd-keys.ts';
import { knotText, namedText, zoneFileName } from './dns/servers.ts';
import { zoneText } from './dns/zone-file.ts';
import { composeText } from './engines/compose.ts';
import { haproxyText } from './engines/haproxy.ts';
import { nginxText } from './engines/nginx.ts';
import { quadletTexts } from './engines/quadlet.ts';
import { jsonText } from './formats/data.ts';
import { filePath } from './formats/formats.ts';
import { type RenderInputs, trustBundleText } from './inputs.ts';
import { installConfigOf } from './install-config.ts';
import { manifestTexts, mirrorObjectText } from './manifests.ts';
import { runbookText } from './runbook/runbook.ts';

/** A file of a rendered plan. */
export interface RenderedFile {
  readonly text: string;
  /** 0o600 where it holds a secret, 0o755 for a script. */
  readonly mode: 0o600 | 0o644 | 0o755;
}

/**
 * Every file of an installation by its path below the rendered folder, in the order of the paths. The same plan and inputs give
 * the same bytes. Each value of the plan is escaped or refused by the format it goes into: throws `plan.unrenderable`,
 * `plan.badPullSecret`, `plan.badSshKey`, `plan.badTrustBundle`, `plan.noIdentity`, `plan.noNameServer` or
 * `plan.unknownIngressNode`.
 */
export function renderPlan(plan: Plan, inputs: RenderInputs): ReadonlyMap<string, RenderedFile> {
  const files = new Map<string, RenderedFile>();
  const put = (path: string, text: string, mode: RenderedFile['mode'] = 0o644) =>
    files.set(filePath.word(path).text, { text, mode });

  put('install-config.yaml', installConfigOf(plan, inputs), 0o600);
  for (const [path, text] of bootFilesOf(plan)) put(path, text);

  put('dns/Corefile', corefileText(plan));
  put('dns/etcd-keys.json', etcdKeysText(plan));
  put('dns/etcd-load.sh', etcdLoadText(plan), 0o755);
  put('dns/knot.conf', knotText(plan));
  put('dns/named.conf', namedText(plan));
  for (const zone of recordsOf(plan).zones) put(`dns/${zoneFileName(zone.name)}`, zoneText(zone));

  put('haproxy/haproxy.cfg', haproxyText(plan, { temporary: true }));
  if (bootstrapOf(plan)) put('haproxy/after-bootstrap.cfg', haproxyText(plan, { temporary: false }));
  put('nginx/default.conf', nginxText(plan));
  put('compose.yaml', composeText(plan));
  for (const [name, text] of quadletTexts(plan)) put(`quadlet/${name}`, text);

  for (const [path, text] of manifestTexts(plan)) put(`manifests/${path}`, text);
  put('day2/image-mirrors.yaml', mirrorObjectText(plan));
  put('firewall.json', jsonText(portsOf(plan)));

  const authorities = trustBundleText(inputs);
  if (authorities !== undefined) put('certificates/ca.crt', authorities);
  if (plan.bastion.serves.registry === 'rendered') {
    const identity = inputs.registryIdentity;
    if (!identity) throw planErrors.noIdentity();
    put('certificates/registry.crt', identity.cert);
    put('certificates/registry.key', identity.key, 0o600);
  }

  put('RUNBOOK.md', runbookText(plan, 'en'));
  put('RUNBOOK.zh-CN.md', runbookText(plan, 'zh-CN'));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
