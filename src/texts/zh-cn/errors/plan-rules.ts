/** 规则检查发现的问题。 */
export const planRules = {
  'plan.networksOverlap': {
    message: '“{field}”{value} 与“{other}”{otherValue} 重叠',
    hint: '请为其中之一另选未被占用的网络',
  },
  'plan.hostBits': { message: '“{field}”是 {value}，是网络内的一个地址', hint: '请写 {base}' },
  'plan.reservedNetwork': {
    message: '“{field}”{value} 与 OVN-Kubernetes 自用的 {other} 重叠',
    hint: '请另选网络',
  },
  'plan.outsideNetwork': {
    message: '“{field}”{value} 不在机器网络 {network} 之内',
    hint: '请改正地址，或改正 networks.machine 中的网络',
  },
  'plan.addressOfPods': {
    message: '“{field}”{value} 落在“{other}”{network} 之内',
    hint: '请为 Pod 或服务另选网络：其中的地址在集群内部无法访问',
  },
  'plan.networkAddress': {
    message: '“{field}”{value} 是网络 {network} 自身的地址或广播地址',
    hint: '请选首尾之间的地址',
  },
  'plan.hostPrefixTooShort': {
    message: 'hostPrefix {hostPrefix} 比 Pod 网络 {cidr} 还大',
    hint: '请写大于 networks.pods.cidr 前缀的值，例如 23',
  },
  'plan.hostPrefixTooLong': {
    message: 'hostPrefix {hostPrefix} 使节点没有可用的 Pod 地址',
    hint: '请写 23，可得 510 个地址',
  },
  'plan.fewPods': {
    message: 'hostPrefix {hostPrefix} 只给每个节点 {pods} 个地址，而节点可运行 {wanted} 个 Pod',
    hint: '请写 23，可得 510 个地址；此后无法更改',
  },
  'plan.fewNodes': {
    message: 'Pod 网络 {cidr} 按 hostPrefix {hostPrefix} 分为 {parts} 份，而节点有 {nodes} 个',
    hint: '请写更大的网络，或更大的 hostPrefix',
  },
  'plan.nameTwice': { message: '“{field}”的名称“{value}”与“{other}”相同', hint: '请为其中之一改名' },
  'plan.addressTwice': { message: '“{field}”的地址 {value} 与“{other}”相同', hint: '请为其中之一另写地址' },
  'plan.becomesExisting': {
    message: '引导主机之后变成“{value}”，但“{other}”已用此名',
    hint: '请写引导主机重装后的工作节点名，且不要在别处列出',
  },
  'plan.nameReserved': {
    message: '“{field}”的名称“{value}”由集群自身使用',
    hint: '请另选名称：api、api-int、apps 和 etcd-0、etcd-1 等各有记录',
  },
  'plan.hostTaken': {
    message: '“{host}”既是 {address} 的镜像仓库，又是 {otherAddress} 的“{other}”',
    hint: '请给镜像仓库单独的名称，或相同的地址',
  },
  'plan.hostAbove': {
    message: '镜像仓库的名称 {host} 在集群区域 {zone} 之上，堡垒机的 DNS 不会应答',
    hint: '请选区域内的名称，或确认上游 DNS 能解析',
  },
  'plan.hostTooLong': {
    message: '完整名称“{host}”有 {length} 个字符，超过 {limit}',
    hint: '请缩短节点名、集群名或基础域：Kubernetes 会把它用作标签',
  },
  'plan.entranceAtNode': {
    message: '“{field}”{value} 是节点“{node}”的地址',
    hint: '请指向负载均衡器：单个节点故障会使整个集群不可用',
  },
  'plan.mastersCount': {
    message: '有 {count} 个主节点',
    hint: '请规划三个，失去一个时 etcd 仍有多数；或从 4.8 起规划一个',
  },
  'plan.singleTooOld': {
    message: 'OpenShift {version} 不能只装在一个主节点上',
    hint: '请规划三个主节点，或使用 4.8 及以后的版本',
  },
  'plan.singleNetwork': {
    message: '单节点需要网络类型 OVNKubernetes',
    hint: '请写 networks.type: OVNKubernetes',
  },
  'plan.singleBootstrap': { message: '单节点就地引导，没有引导主机', hint: '请删去此节点，或规划三个主节点' },
  'plan.bootstrapMissing': {
    message: '没有角色为 bootstrap 的节点',
    hint: '请添加一个；之后可变成工作节点（becomes）',
  },
  'plan.bootstrapTwice': { message: '有第二个角色为 bootstrap 的节点', hint: '请只保留一个' },
  'plan.becomesOfOther': { message: '节点“{node}”不是引导主机，不会变成别的节点', hint: '请删去“becomes”' },
  'plan.ingressEmpty': {
    message: '没有节点承接 80 和 443 端口',
    hint: '请在 balancer.ingressNodes 中写节点，或删去该字段',
  },
  'plan.ingressBootstrap': {
    message: '节点“{name}”是引导主机，不承接入口流量',
    hint: '请写它之后变成的工作节点，或其他节点',
  },
  'plan.ingressTwice': { message: '节点“{name}”在 balancer.ingressNodes 中出现两次', hint: '请只保留一个' },
  'plan.ingressAtMaster': {
    message: '节点“{name}”要承接 80 和 443，但此处主节点不运行普通 Pod',
    hint: '请写工作节点，或将 cluster.mastersSchedulable 设为 true',
  },
  'plan.ingressMisses': {
    message: '80 和 443 不会到达工作节点 {names}，而路由器可能在那里运行',
    hint: '请将它们加入 balancer.ingressNodes，或用节点选择器固定路由器的位置',
  },
  'plan.nothingSchedulable': {
    message: '主节点不运行普通 Pod，又没有工作节点',
    hint: '请添加工作节点，或删去 cluster.mastersSchedulable',
  },
  'plan.portTwice': {
    message: '{what} 需要 {address} 的端口 {port}，但已由 {other} 占用',
    hint: '请换端口，或为其中之一换地址',
  },
  'plan.registryElsewhere': {
    message: '由堡垒机提供镜像仓库，但其地址是 {address} 而不是 {bastion}',
    hint: '请删去 registry.address，或写 bastion.serves.registry: external',
  },
  'plan.balancerElsewhere': {
    message: '“{field}”{value} 不是提供负载均衡的堡垒机的地址',
    hint: '请确认堡垒机也有此地址，或写 bastion.serves.balancer: external',
  },
  'plan.imagePath': {
    message: '镜像“{image}”位于写入 Ignition 文件的目录',
    hint: '请选 ignition/ 以外的路径',
  },
  'plan.upstreamItself': {
    message: '堡垒机的 DNS 会向自己（{address}）查询',
    hint: '请写别的 DNS 服务器；与外网隔离时不写',
  },
  'plan.upstreamNode': {
    message: 'DNS 会向节点“{node}”（{address}）查询',
    hint: '请写先于集群存在的 DNS 服务器',
  },
  'plan.etcdRecords': {
    message: '4.3 及以前，节点靠 etcd-0、etcd-1 等和 _etcd-server-ssl._tcp 记录寻找 etcd，而 DNS 由他人提供',
    hint: '请将渲染出的区域交给其管理者，并用“holdfast cluster preflight”查询',
  },
  'plan.noTime': {
    message: '节点没有时间服务器，也没有互联网可对时',
    hint: '请在 timeServers 中写一个，例如堡垒机：时钟不一致时证书会被拒绝',
  },
  'plan.timeServerUnknown': {
    message: '此处的 DNS 无法解析时间服务器“{server}”',
    hint: '请写其地址，或在 dns.upstream 中写能解析它的 DNS 服务器',
  },
  'plan.timeServerNode': {
    message: '时间服务器“{server}”是节点“{node}”，它自己也需要对时',
    hint: '请写先于集群存在的机器，例如堡垒机',
  },
  'plan.versionUnknown': { message: '不能用计划安装 OpenShift “{version}”', hint: '请写 4.1 及以后的版本' },
  'plan.versionNew': {
    message: 'OpenShift {version} 新于 {newest}，而检查规则只针对到后者',
    hint: '请在发行说明中查看变化',
  },
  'plan.rhcosNewer': {
    message: 'RHCOS {rhcos} 新于 OpenShift {version}',
    hint: '请使用不高于它的最高版本 RHCOS',
  },
  'plan.rhcosIgnition': {
    message: 'RHCOS {rhcos} 读不了 OpenShift {version} 的 Ignition 文件',
    hint: '请使用相同次版本的 RHCOS：4.6 起 Ignition 的格式不同',
  },
  'plan.rhcosOlder': {
    message: 'RHCOS {rhcos} 的次版本低于 OpenShift {version}',
    hint: '请使用相同次版本中不高于它的最高版本 RHCOS',
  },
  'plan.sdnGone': { message: '4.15 起不能安装 OpenShiftSDN', hint: '请写 networks.type: OVNKubernetes' },
  'plan.sdnDeprecated': {
    message: 'OpenShiftSDN 在 4.14 中已弃用，到 4.17 终止',
    hint: '请写 networks.type: OVNKubernetes',
  },
  'plan.ovnPreview': {
    message: 'OVNKubernetes 在 4.5 及以前只是技术预览',
    hint: '请写 networks.type: OpenShiftSDN',
  },
  'plan.architectureTooNew': {
    message: '架构 {architecture} 从 {since} 起支持，而版本是 {version}',
    hint: '请使用更新的版本，或其他架构的节点',
  },
  'plan.fipsTooOld': {
    message: 'OpenShift {version} 没有 FIPS 模式',
    hint: '请将 cluster.fips 设为 false，或使用 4.3 及以后的版本',
  },
  'plan.fipsHost': {
    message: 'FIPS 模式的集群须从处于 FIPS 模式的机器安装',
    hint: '请在 FIPS 模式的 RHEL 9 上运行“holdfast cluster ignition”，并使用发行版中的 openshift-install-fips',
  },
  'plan.argumentDerived': {
    message: '内核参数“{argument}”重复了计划自动写出的内容',
    hint: '请删去；计划从“{field}”得出',
  },
  'plan.argumentTooOld': {
    message: 'OpenShift {version} 不认识内核参数“{argument}”',
    hint: '请删去：4.6 起由 live 系统自行安装',
  },
  'plan.argumentTooNew': {
    message: 'OpenShift {version} 不认识内核参数“{argument}”',
    hint: '请删去：它随 4.6 的 live 系统而来',
  },
};
