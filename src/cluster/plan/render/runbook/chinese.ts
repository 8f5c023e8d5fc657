import { liveFilesOf } from '../../derive/downloads.ts';
import { markdown } from '../formats/formats.ts';
import { type Line, listed, liveRootfs, type RunbookFacts, told } from './facts.ts';
import { openingRow } from './openings.ts';

/** The runbook in Simplified Chinese. */
export function chinese(facts: RunbookFacts): Line {
  const { plan, zone, version, files, registry, mirror, releaseImage, console, api, bootstrap } = facts;
  const { bastion } = plan;
  const first = bootstrap ?? facts.masters[0]!;
  return markdown`
# ${zone}：操作手册

OpenShift ${version}，架构 ${plan.cluster.architecture}。本目录的所有文件都由 \`holdfast cluster render\` 根据同一份计划生成；
要改动请改计划并重新渲染，不要在这里手工修改。除非另有说明，命令都在基础节点 ${bastion.name}（${bastion.address}）上以 root 身份、
在本目录内执行。\`plan.yaml\` 代表计划文件的路径。

**install-config.yaml 中有 pull secret。** 它和由它生成的 ignition 文件都不得离开基础节点。

## 名称与地址

| 主机 | 角色 | 地址 | 磁盘 | 网卡 | 追加的内核参数 |
| --- | --- | --- | --- | --- | --- |
${facts.nodeRows}

| | |
| --- | --- |
| API | \`${api}\`，经 ${plan.balancer.apiAddress}；节点使用 \`api-int\` |
| 路由 | \`*.apps.${zone}\`，经 ${plan.balancer.ingressAddress} 到 ${listed(plan.balancer.ingressNodes)} |
| 引导文件 | \`${files}\` |
| 镜像仓库 | \`${registry}\`（${plan.registry.address}），存储库 \`${plan.registry.repository}\` |
| 发行版镜像 | \`${releaseImage}\` |
| 网关、机器网络 | ${plan.networks.gateway}，${plan.networks.machine} |
| Pod、Service 网络 | ${plan.networks.pods.cidr}（每个节点一个 /${plan.networks.pods.hostPrefix}），${plan.networks.services}，${plan.networks.type} |

| 由谁提供 | |
| --- | --- |
| DNS | ${bastion.serves.dns} |
| 负载均衡 | ${bastion.serves.balancer} |
| 文件 | ${bastion.serves.files} |
| 镜像仓库 | ${bastion.serves.registry} |

\`holdfast\` 由 \`holdfast cluster up\` 提供；\`rendered\` 由 compose.yaml 或 quadlet/ 中的单元提供；\`external\` 是别人已有的服务，
请把这里的 dns/、haproxy/ 或 firewall.json 交给对方。

## 0. 开始之前

\`\`\`sh
holdfast cluster check plan.yaml
timedatectl | grep synchronized      # System clock synchronized: yes
ss -lntup                            # 本机的 53、80、443、6443、22623、${bastion.filesPort}、${bastion.statsPort} 端口没有被别的进程占用
\`\`\`

时钟不准会让所有证书失效，而报错只会提 x509，不会提时间。现在就把所有机器固件里的时钟调成正确的 UTC 时间。
主机之间防火墙需要放行的端口见文末。

## 1. 把发行版送进镜像仓库

在有互联网的一侧：

\`\`\`sh
holdfast add docker://quay.io/openshift-release-dev/ocp-release:${version}-${plan.cluster.architecture} --tag ocp/${version} --wait
holdfast export --tag ocp/${version} --to /mnt/usb --sign carry.key
\`\`\`

在基础节点：

\`\`\`sh
holdfast verify /mnt/usb --trust carry.key.pub
holdfast import /mnt/usb --trust carry.key.pub
\`\`\`

如果使用 Holdfast 自己的镜像仓库，导入后即可提供。其他仓库由下面的命令推送，已有的内容不再发送：

\`\`\`sh
release=$(holdfast list tag:ocp/${version} --json | sed -n 's/^ *"id": "\\([0-9a-z]*\\)".*/\\1/p' | head -1)
HOLDFAST_EGRESS_ALLOW=${plan.registry.address}/32 holdfast copy "$release" docker://${mirror} --authfile pull-secret.json --ca certificates/ca.crt
\`\`\`

在基础节点上验证：

\`\`\`sh
skopeo inspect --authfile pull-secret.json docker://${releaseImage} | head -3
\`\`\`

- \`x509: certificate signed by unknown authority\`：把 certificates/ca.crt 放进 /etc/pki/ca-trust/source/anchors，再执行 \`update-ca-trust\`。
- \`unauthorized\`：pull secret 中没有 \`${registry}\` 的登录信息，或者信息有误。
- \`manifest unknown\`：发行版不在仓库里，或不在存储库 \`${plan.registry.repository}\` 下。

## 2. 放好引导文件

| 地址 | 谁来取 |
| --- | --- |
${facts.downloadRows}

${facts.isLegacy ? legacyFiles(facts) : liveFiles(facts)}

ignition 文件在第 5 步生成，越晚越好。

## 3. 启动服务

用 Holdfast，一个进程，来自同一份计划：

\`\`\`sh
holdfast cluster up plan.yaml --images www
\`\`\`

用渲染的引擎（全部，或只用需要的；镜像按第 1 步的办法带进来，\`grep image: compose.yaml\` 列出它们）：

\`\`\`sh
mkdir -p www/ignition etcd registry && chmod 0700 etcd
docker compose --profile dns --profile balancer --profile files up -d
ETCDCTL="docker compose exec -T etcd etcdctl" dns/etcd-load.sh
\`\`\`

用 Podman 时由 systemd 启动：

\`\`\`sh
mkdir -p ${facts.installedAt} && cp -a . ${facts.installedAt}/
cp quadlet/*.container /etc/containers/systemd/ && systemctl daemon-reload
systemctl start holdfast-coredns holdfast-haproxy holdfast-nginx
ETCDCTL="podman exec holdfast-etcd etcdctl" dns/etcd-load.sh
\`\`\`

已有 DNS 的，取 dns/*.zone（BIND 另取 dns/named.conf，Knot 另取 dns/knot.conf）；已有负载均衡的，照 haproxy/haproxy.cfg 配置：
四层转发、不做会话保持、API 用 \`/readyz\` 判断健康。

## 4. 第一台机器开机之前先验证

\`\`\`sh
holdfast cluster preflight plan.yaml
\`\`\`

没有 Holdfast 时，在节点所在网络的一台机器上执行。每条查询后面是正确的答案${
    facts.hasSrv ? markdown`（CoreDNS 加 etcd 会答 10 33 而不是 0 10，没有影响）` : []
  }：

\`\`\`sh
${facts.questions}
\`\`\`

\`\`\`sh
curl -sI ${files}/${facts.isLegacy ? plan.rhcos.image : liveRootfs(facts)} | head -1      # HTTP/1.1 200 OK
curl -s http://127.0.0.1:${bastion.statsPort}/healthz          # 负载均衡在运行；第 6 步之前所有后端都是 down
\`\`\`

**全部正确才继续。** 失败的安装十有八九败在这里，只是一小时后才暴露，而且报错更难懂。

## 5. 生成 ignition 文件

其中的证书只有 24 小时寿命；请在 12 小时内开始第 6 步。宁可重新生成，也不要用旧的。

\`\`\`sh
holdfast cluster ignition plan.yaml
\`\`\`

手工生成时，必须使用从镜像仓库的发行版里取出的 \`openshift-install\`（别处下载的会去找别的发行版）：

\`\`\`sh
mkdir -m 0700 ignition && cp install-config.yaml ignition/        # openshift-install 会吃掉这份副本
openshift-install create manifests --dir=ignition
${facts.hasManifests ? markdown`cp -r manifests/. ignition/                                       # 计划追加的清单` : []}
openshift-install create ignition-configs --dir=ignition
mkdir -p www/ignition && install -m 0644 ignition/*.ign www/ignition/
\`\`\`

不要在用过的目录里再次执行 \`create\`：\`.openshift_install_state.json\` 会把旧证书带回来。

${facts.isSingle ? bootSingle(facts) : bootCluster(facts)}

${nodeApproval(facts)}

## 9. 交付

\`\`\`sh
export KUBECONFIG=$PWD/ignition/auth/kubeconfig
oc get nodes                        # 全部 Ready
oc get clusteroperators             # 每行 AVAILABLE True、PROGRESSING False、DEGRADED False；需要 20 到 40 分钟
openshift-install wait-for install-complete --dir=ignition --log-level=info
\`\`\`

- 控制台：${console}，用户 \`kubeadmin\`，密码在 ignition/auth/kubeadmin-password。
- 裸机上集群内部的镜像仓库没有存储，分配存储之前不会启用
  （\`oc edit configs.imageregistry.operator.openshift.io cluster\`）。
- 把 ignition/auth 保存到安全的地方。从 www/ 和文件服务中删除 bootstrap.ign 与 master.ign；worker.ign 以后加入 worker 时仍然可用。
- 升级到下一个版本时：\`oc apply -f day2/image-mirrors.yaml\`（${facts.mirrorKind}），以及随镜像一起带来的签名。

## 卡住的时候

| 现象 | 看哪里 |
| --- | --- |
| 控制台上安装程序一直在取文件，或进入 emergency shell | 内核参数中的地址或路径有误：与 boot/NAME.txt 逐字比对；文件服务的日志会说明谁取了什么 |
| \`no route to host\`，或机器 ping 不通 | 内核参数中的网卡名或掩码有误；在 emergency shell 里执行 \`ip a\` |
| master 反复请求 \`GET https://api-int.${zone}:22623/config/master\` | 引导主机没有就绪或不可达：在基础节点执行 \`curl -sk https://${first.address}:22623/config/master -o /dev/null -w %{http_code}\` |
| 引导主机没有动静 | \`ssh core@${first.address}\`，然后 \`journalctl -b -f -u release-image.service -u bootkube.service\` |
| 拉不到镜像 | 在该机器上：\`sudo podman pull --authfile /root/.docker/config.json ${releaseImage}\` |
| \`x509: certificate has expired or is not yet valid\` | 时钟不准，或 ignition 文件超过一天：重做第 5 步，并重装机器 |
| \`x509: certificate signed by unknown authority\` | 计划中的信任证书不是 \`${registry}\` 的颁发机构 |
| master 起来了，etcd 没有 | 在 master 上 \`sudo crictl ps -a\`；检查它们之间的 2379 和 2380（防火墙） |
| 节点一直 NotReady | 证书请求未批准：第 8 步 |
| 路由没有响应 | router 的 Pod 不在 ${listed(plan.balancer.ingressNodes)} 上：\`oc -n openshift-ingress get pods -o wide\` |

重来之前先收集日志：

\`\`\`sh
openshift-install gather bootstrap --dir=ignition --bootstrap ${first.address} ${markdown.words(facts.masters.flatMap(({ address }) => ['--master', address]))}
\`\`\`

## 防火墙放行

firewall.json 是同样内容的机器可读版本。

| 来源 | 目标 | 协议 | 端口 | 用途 |
| --- | --- | --- | --- | --- |
${facts.openings.map((it) => openingRow(facts, it, 'zh-CN'))}
  `;
}

function legacyFiles({ plan }: RunbookFacts): Line {
  return markdown`
取同一版本 RHCOS 的 installer ISO 和 raw 镜像，版本不得高于集群：

\`\`\`sh
mkdir -p www && cp rhcos-*-metal.*.raw.gz www/${plan.rhcos.image}
\`\`\`

ISO 要放在离机器近的存储上（数据存储，不要用远程控制台从自己电脑挂载：否则安装界面输入参数后会没有响应）。
  `;
}

function liveFiles({ plan }: RunbookFacts): Line {
  const { kernel, initramfs, rootfs } = liveFilesOf(plan);
  return markdown`
取同一版本 RHCOS 的 live ISO、kernel、initramfs 和 rootfs，版本不得高于集群。从 ISO 启动只需要 ISO；后三个文件用于网络启动。

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
## 6. 先启动引导主机，再启动 master

每台机器任选一种方式：

- **定制 ISO**：用 \`holdfast cluster iso\` 为该机器制作的 ISO，无需输入。
- **ISO 加键盘**：${isLegacy ? markdown`在菜单按 Tab，把 boot/NAME.txt 的内容加在 \`coreos.inst=yes\` 之后` : markdown`在菜单按 e（UEFI）或 Tab（BIOS），把 boot/NAME.txt 的内容加在 \`linux\` 开头那一行的末尾，再按 Ctrl-x 或回车`}。
- **iPXE**：boot/NAME.ipxe。

先启动 ${bootstrap ? bootstrap.name : ''}（${bootstrap ? bootstrap.address : ''}）。它安装、重启，几分钟后开始应答：

\`\`\`sh
ssh core@${bootstrap ? bootstrap.address : ''} journalctl -b -f -u release-image.service -u bootkube.service
curl -sk https://${bootstrap ? bootstrap.address : ''}:22623/config/master -o /dev/null -w %{http_code}      # 200
\`\`\`

然后同时启动所有 master：${told(masters)}。它们安装、重启，向 \`api-int\` 反复请求配置直到取得，再重启一次。

使用 Holdfast 时，从这里开始由它跟踪并推进：

\`\`\`sh
holdfast cluster install plan.yaml
\`\`\`

手工方式：

\`\`\`sh
openshift-install wait-for bootstrap-complete --dir=ignition --log-level=info      # "It is now safe to remove the bootstrap resources"
\`\`\`

## 7. 把引导主机移出负载均衡

看到上面那行提示后立刻做，不要提前。Holdfast 的负载均衡会自动移出。haproxy：

\`\`\`sh
cp haproxy/after-bootstrap.cfg haproxy/haproxy.cfg       # Podman 方式在 ${installedAt} 中执行
docker compose kill -s USR2 haproxy          # 重新加载；Podman 用 podman kill -s USR2 holdfast-haproxy
\`\`\`

${workers.length === 0 ? markdown`没有 worker，工作负载由 master 承担。` : workersText(facts)}
  `;
}

function workersText({ workers, becomes }: RunbookFacts): Line {
  return markdown`
现在启动 worker：${told(workers)}。
${becomes ? [markdown`${becomes.name} 就是原来的引导主机：再次从 ISO 启动，使用 boot/${becomes.name}.txt。它的磁盘会被覆盖。`] : []}
  `;
}

function bootSingle({ masters }: RunbookFacts): Line {
  const node = masters[0]!;
  return markdown`
## 6. 启动节点

只有一个节点 ${node.name}（${node.address}），没有引导主机：live ISO 自行引导，安装到 ${node.disk} 后重启。
从 live ISO 启动并使用 boot/${node.name}.txt 的内容，或用 boot/${node.name}.ipxe 通过 iPXE 启动，或使用 \`holdfast cluster iso\` 制作的 ISO。

\`\`\`sh
openshift-install wait-for bootstrap-complete --dir=ignition --log-level=info
\`\`\`

## 7. 无需移出

负载均衡里没有引导主机。
  `;
}

function nodeApproval({ workers }: RunbookFacts): Line {
  return markdown`
## 8. 批准节点加入

\`\`\`sh
export KUBECONFIG=$PWD/ignition/auth/kubeconfig
oc get nodes
oc get csr | grep Pending
\`\`\`

${workers.length === 0 ? markdown`不应有待批准的请求：master 由引导过程批准。` : markdown`每个 worker 会请求两次，先是客户端证书，再是服务端证书，都须在一小时内批准。看清 REQUESTOR，只批准认识的节点（${listed(workers.map(({ name }) => name))}），一分钟后再看一次：`}

\`\`\`sh
oc adm certificate approve NAME
\`\`\`

\`holdfast cluster install\` 会为计划中的节点自动批准，不会批准其他节点。
  `;
}
