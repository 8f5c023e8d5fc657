import { liveFilesOf } from '../../derive/downloads.ts';
import { markdown } from '../formats/formats.ts';
import { type Line, listed, liveRootfs, type RunbookFacts, told } from './facts.ts';
import { openingRow } from './openings.ts';

/** The runbook in English. */
export function english(facts: RunbookFacts): Line {
  const { plan, zone, version, files, registry, mirror, releaseImage, console, api, bootstrap } = facts;
  const { bastion } = plan;
  const first = bootstrap ?? facts.masters[0]!;
  return markdown`
# ${zone}: runbook

OpenShift ${version} on ${plan.cluster.architecture}. Everything in this folder was written from one plan by \`holdfast cluster render\`;
change the plan and render again, and edit nothing here. Commands run on the bastion, ${bastion.name} (${bastion.address}), as root,
in this folder, unless a step says otherwise. \`plan.yaml\` stands for the path of the plan.

**install-config.yaml holds the pull secret.** It and the ignition files made from it must not leave the bastion.

## What is what

| machine | role | address | disk | interface | added kernel line |
| --- | --- | --- | --- | --- | --- |
${facts.nodeRows}

| | |
| --- | --- |
| API | \`${api}\` through ${plan.balancer.apiAddress}; nodes use \`api-int\` |
| routes | \`*.apps.${zone}\` through ${plan.balancer.ingressAddress} to ${listed(plan.balancer.ingressNodes)} |
| files for booting | \`${files}\` |
| registry | \`${registry}\` (${plan.registry.address}), repository \`${plan.registry.repository}\` |
| release image | \`${releaseImage}\` |
| gateway, network | ${plan.networks.gateway}, ${plan.networks.machine} |
| pods, services | ${plan.networks.pods.cidr} (a /${plan.networks.pods.hostPrefix} for each node), ${plan.networks.services}, ${plan.networks.type} |

| served by | |
| --- | --- |
| DNS | ${bastion.serves.dns} |
| balancer | ${bastion.serves.balancer} |
| files | ${bastion.serves.files} |
| registry | ${bastion.serves.registry} |

\`holdfast\` is served by \`holdfast cluster up\`; \`rendered\` by compose.yaml or the units in quadlet/; \`external\` is somebody else's,
who takes dns/, haproxy/ or firewall.json from here.

## 0. Before anything

\`\`\`sh
holdfast cluster check plan.yaml
timedatectl | grep synchronized      # System clock synchronized: yes
ss -lntup                            # nothing of others on 53, 80, 443, 6443, 22623, ${bastion.filesPort}, ${bastion.statsPort} of this machine
\`\`\`

A wrong clock breaks every certificate, and the errors will speak of x509 and not of time. Set the clocks in the firmware of all machines
to UTC now. The openings that firewalls between the machines need are at the end.

## 1. Bring the release to the registry

Where there is internet:

\`\`\`sh
holdfast add docker://quay.io/openshift-release-dev/ocp-release:${version}-${plan.cluster.architecture} --tag ocp/${version} --wait
holdfast export --tag ocp/${version} --to /mnt/usb --sign carry.key
\`\`\`

On the bastion:

\`\`\`sh
holdfast verify /mnt/usb --trust carry.key.pub
holdfast import /mnt/usb --trust carry.key.pub
\`\`\`

With Holdfast's own registry the release is served from then on. Another registry is given it; what it has already is not sent again:

\`\`\`sh
release=$(holdfast list tag:ocp/${version} --json | sed -n 's/^ *"id": "\\([0-9a-z]*\\)".*/\\1/p' | head -1)
HOLDFAST_EGRESS_ALLOW=${plan.registry.address}/32 holdfast copy "$release" docker://${mirror} --authfile pull-secret.json --ca certificates/ca.crt
\`\`\`

Proof, from the bastion:

\`\`\`sh
skopeo inspect --authfile pull-secret.json docker://${releaseImage} | head -3
\`\`\`

- \`x509: certificate signed by unknown authority\`: put certificates/ca.crt into /etc/pki/ca-trust/source/anchors and run \`update-ca-trust\`.
- \`unauthorized\`: the pull secret has no login for \`${registry}\`, or a wrong one.
- \`manifest unknown\`: the release is not there, or under another repository than \`${plan.registry.repository}\`.

## 2. Put the files for booting in their place

| address | fetched by |
| --- | --- |
${facts.downloadRows}

${facts.isLegacy ? legacyFiles(facts) : liveFiles(facts)}

The ignition files come in step 5, as late as possible.

## 3. Start the services

With Holdfast, in one process, from the same plan:

\`\`\`sh
holdfast cluster up plan.yaml --images www
\`\`\`

With the rendered engines (all, or those that you want; bring their images over as in step 1, \`grep image: compose.yaml\` names them):

\`\`\`sh
mkdir -p www/ignition etcd registry && chmod 0700 etcd
docker compose --profile dns --profile balancer --profile files up -d
ETCDCTL="docker compose exec -T etcd etcdctl" dns/etcd-load.sh
\`\`\`

With Podman, systemd starts them:

\`\`\`sh
mkdir -p ${facts.installedAt} && cp -a . ${facts.installedAt}/
cp quadlet/*.container /etc/containers/systemd/ && systemctl daemon-reload
systemctl start holdfast-coredns holdfast-haproxy holdfast-nginx
ETCDCTL="podman exec holdfast-etcd etcdctl" dns/etcd-load.sh
\`\`\`

Who has DNS already takes dns/*.zone (for BIND with dns/named.conf, for Knot with dns/knot.conf); who has a balancer takes
haproxy/haproxy.cfg as a description: layer 4, no persistence, the API judged by \`/readyz\`.

## 4. Prove it before the first machine boots

\`\`\`sh
holdfast cluster preflight plan.yaml
\`\`\`

Without Holdfast, from a machine in the nodes' network. Behind each question stands the answer that is right${
    facts.hasSrv ? markdown` (CoreDNS with etcd gives 10 33 in place of 0 10, which does no harm)` : []
  }:

\`\`\`sh
${facts.questions}
\`\`\`

\`\`\`sh
curl -sI ${files}/${facts.isLegacy ? plan.rhcos.image : liveRootfs(facts)} | head -1      # HTTP/1.1 200 OK
curl -s http://127.0.0.1:${bastion.statsPort}/healthz          # the balancer lives; all its servers are down until step 6
\`\`\`

**Go on only when all of it is right.** Nine of ten failed installations fail here, an hour later and with a worse message.

## 5. Make the ignition files

They live 24 hours, since certificates in them do; begin step 6 within 12. Make them again rather than to use old ones.

\`\`\`sh
holdfast cluster ignition plan.yaml
\`\`\`

By hand, with the \`openshift-install\` that came out of the mirrored release (another one asks for another release):

\`\`\`sh
mkdir -m 0700 ignition && cp install-config.yaml ignition/        # openshift-install eats its copy
openshift-install create manifests --dir=ignition
${facts.hasManifests ? markdown`cp -r manifests/. ignition/                                       # what the plan adds` : []}
openshift-install create ignition-configs --dir=ignition
mkdir -p www/ignition && install -m 0644 ignition/*.ign www/ignition/
\`\`\`

Never run \`create\` again in a folder that has been used: \`.openshift_install_state.json\` brings the old certificates back.

${facts.isSingle ? bootSingle(facts) : bootCluster(facts)}

${nodeApproval(facts)}

## 9. Handover

\`\`\`sh
export KUBECONFIG=$PWD/ignition/auth/kubeconfig
oc get nodes                        # all Ready
oc get clusteroperators             # AVAILABLE True, PROGRESSING False, DEGRADED False in every row; takes 20 to 40 minutes
openshift-install wait-for install-complete --dir=ignition --log-level=info
\`\`\`

- Console: ${console}, user \`kubeadmin\`, password in ignition/auth/kubeadmin-password.
- The image registry of the cluster has no storage on bare metal and stays away until it is given some
  (\`oc edit configs.imageregistry.operator.openshift.io cluster\`).
- Keep ignition/auth in a safe. Take bootstrap.ign and master.ign out of www/ and of the file service; worker.ign stays good for the
  workers that join later.
- For the next release: \`oc apply -f day2/image-mirrors.yaml\` (${facts.mirrorKind}), and the signature that was mirrored with it.

## When it does not go on

| what you see | where to look |
| --- | --- |
| the installer on the console asks for a file for ever, or drops into an emergency shell | the address or the path on the kernel line: compare with boot/NAME.txt letter by letter; the log of the file service says who asked for what |
| \`no route to host\`, or the machine answers no ping | interface name or mask on the kernel line; \`ip a\` in the emergency shell |
| a master repeats \`GET https://api-int.${zone}:22623/config/master\` | bootstrap is not ready, or not reached: \`curl -sk https://${first.address}:22623/config/master -o /dev/null -w %{http_code}\` on the bastion |
| bootstrap does nothing | \`ssh core@${first.address}\`, then \`journalctl -b -f -u release-image.service -u bootkube.service\` |
| it cannot pull | on it: \`sudo podman pull --authfile /root/.docker/config.json ${releaseImage}\` |
| \`x509: certificate has expired or is not yet valid\` | a clock, or ignition files older than a day: step 5 again, and machines installed again |
| \`x509: certificate signed by unknown authority\` | the trust bundle of the plan is not the authority of \`${registry}\` |
| masters are there, etcd is not | \`sudo crictl ps -a\` on the masters; 2379 and 2380 between them (firewall) |
| nodes stay NotReady | requests for certificates: step 8 |
| routes do not answer | router pods stand elsewhere than on ${listed(plan.balancer.ingressNodes)}: \`oc -n openshift-ingress get pods -o wide\` |

Gather before you begin anew:

\`\`\`sh
openshift-install gather bootstrap --dir=ignition --bootstrap ${first.address} ${markdown.words(facts.masters.flatMap(({ address }) => ['--master', address]))}
\`\`\`

## Openings in the firewall

firewall.json has the same for programs.

| from | to | protocol | ports | for |
| --- | --- | --- | --- | --- |
${facts.openings.map((it) => openingRow(facts, it, 'en'))}
  `;
}

function legacyFiles({ plan }: RunbookFacts): Line {
  return markdown`
Take the installer ISO and the raw image of one version of RHCOS, not newer than the cluster:

\`\`\`sh
mkdir -p www && cp rhcos-*-metal.*.raw.gz www/${plan.rhcos.image}
\`\`\`

Put the ISO near the machines (a data store, not the virtual drive of a remote console: from there the installer hangs after its menu).
  `;
}

function liveFiles({ plan }: RunbookFacts): Line {
  const { kernel, initramfs, rootfs } = liveFilesOf(plan);
  return markdown`
Take live ISO, kernel, initramfs and rootfs of one version of RHCOS, not newer than the cluster. The ISO is enough where machines boot
from it; the three files are for booting over a network.

\`\`\`sh
mkdir -p www
cp rhcos-*-live-kernel-* www/${kernel}
cp rhcos-*-live-initramfs.*.img www/${initramfs}
cp rhcos-*-live-rootfs.*.img www/${rootfs}
\`\`\`
  `;
}

function bootCluster(facts: RunbookFacts): Line {
  const { bootstrap, masters, workers, isLegacy, installedAt } = facts;
  return markdown`
## 6. Boot bootstrap, then the masters

For every machine one of these:

- **Made ISO**: the one that \`holdfast cluster iso\` made for that machine; nothing is typed.
- **ISO and keyboard**: ${isLegacy ? markdown`in the menu press Tab and add the line of boot/NAME.txt behind \`coreos.inst=yes\`` : markdown`in the menu press e (UEFI) or Tab (BIOS), add the line of boot/NAME.txt at the end of the line that begins with \`linux\`, then Ctrl-x or Enter`}.
- **iPXE**: boot/NAME.ipxe.

First ${bootstrap ? bootstrap.name : ''} (${bootstrap ? bootstrap.address : ''}). It installs, starts again, and after some minutes answers:

\`\`\`sh
ssh core@${bootstrap ? bootstrap.address : ''} journalctl -b -f -u release-image.service -u bootkube.service
curl -sk https://${bootstrap ? bootstrap.address : ''}:22623/config/master -o /dev/null -w %{http_code}      # 200
\`\`\`

Then the masters, all at once: ${told(masters)}. They install, start again, ask
\`api-int\` for their configuration until it is there, and start once more.

With Holdfast all of it from here on is followed, and gone on with, by

\`\`\`sh
holdfast cluster install plan.yaml
\`\`\`

By hand:

\`\`\`sh
openshift-install wait-for bootstrap-complete --dir=ignition --log-level=info      # "It is now safe to remove the bootstrap resources"
\`\`\`

## 7. Take bootstrap out of the balancer

At once when the line above has come, and not before. Holdfast's balancer does it by itself. haproxy:

\`\`\`sh
cp haproxy/after-bootstrap.cfg haproxy/haproxy.cfg       # with Podman in ${installedAt}
docker compose kill -s USR2 haproxy          # reloads; with Podman: podman kill -s USR2 holdfast-haproxy
\`\`\`

${workers.length === 0 ? markdown`There are no workers; the masters do their work.` : workersText(facts)}
  `;
}

function workersText({ workers, becomes }: RunbookFacts): Line {
  return markdown`
Now the workers: ${told(workers)}.
${becomes ? [markdown`${becomes.name} is the machine that was bootstrap: boot it from the ISO again, with boot/${becomes.name}.txt. Its disk is overwritten.`] : []}
  `;
}

function bootSingle({ masters }: RunbookFacts): Line {
  const node = masters[0]!;
  return markdown`
## 6. Boot the node

There is one node, ${node.name} (${node.address}), and no bootstrap: the live ISO bootstraps, installs to ${node.disk} and starts again.
Boot it from the live ISO with the line of boot/${node.name}.txt, over iPXE with boot/${node.name}.ipxe, or from the ISO that
\`holdfast cluster iso\` made.

\`\`\`sh
openshift-install wait-for bootstrap-complete --dir=ignition --log-level=info
\`\`\`

## 7. Nothing to take out

There was no bootstrap machine in the balancer.
  `;
}

function nodeApproval({ workers }: RunbookFacts): Line {
  return markdown`
## 8. Let the nodes in

\`\`\`sh
export KUBECONFIG=$PWD/ignition/auth/kubeconfig
oc get nodes
oc get csr | grep Pending
\`\`\`

${workers.length === 0 ? markdown`Nothing should be pending: masters are let in by bootstrap.` : markdown`Every worker asks twice, for its client and then for its serving certificate, each within an hour. Look at REQUESTOR, let in whom you know (${listed(workers.map(({ name }) => name))}), and look again after a minute:`}

\`\`\`sh
oc adm certificate approve NAME
\`\`\`

\`holdfast cluster install\` does this for the nodes of the plan, and for nobody else.
  `;
}
