import type { RoomErrorTexts } from '../../errors.ts';

/** cluster/steps 的错误。 */
export const cluster: RoomErrorTexts<'cluster'> = {
  'cluster.badWorkFolder': {
    message: '工作目录“{path}”不可用：{fault}',
    hint: '请用 --work 指定一个可写的目录',
  },
  'cluster.renderConflict': {
    message: '“{path}”中有 {count} 个文件与渲染时不同：{files}',
    hint: '请改计划而不是改这些文件；--force 会替换它们，用 --to 指定别的目录则不动它们',
  },
  'cluster.unwritableFolder': {
    message: '目录“{path}”无法写入：{detail}',
    hint: '请检查写入权限和剩余空间',
  },
  'cluster.staleState': {
    message: '“{path}”中曾手工运行过 openshift-install：{files}',
    hint: '它会从那里继续，连旧证书也会沿用。请移走这些文件，或用 --move-stale 代为移走，或用 --work 另指定目录',
  },
  'cluster.busy': {
    message: '进程 {pid} 正在“{path}”中处理这个集群',
    hint: '请等它结束，或结束它；已完成的部分会保留',
  },
  'cluster.installerMissing': {
    message: '程序“{path}”无法启动：{detail}',
    hint: '请从已镜像的发行版中取出 openshift-install，或用 --installer 指定适合本机的程序',
  },
  'cluster.installerFailed': {
    message: '“{command}”失败：{detail}',
    hint: '工作目录的“generations”中最新的“*.failed.log”有全部输出；请检查计划文件',
  },
  'cluster.badManifest': {
    message: '清单“{path}”不能加入：{fault}',
    hint: '请为每个对象单独准备一个 YAML 或 JSON 文件，文件名不要与 openshift-install 的相同',
  },
  'cluster.badIgnition': {
    message: 'Ignition 文件“{file}”不可用：{fault}',
    hint: '请使用计划文件所写发行版的 openshift-install',
  },
  'cluster.oldCertificates': {
    message: 'openshift-install 给出的是以前的证书，将于 {ends} 到期',
    hint: '请检查本机时钟，然后重新生成 Ignition 文件',
  },
  'cluster.notApplied': {
    message: '清单“{manifest}”没有原样写入 Ignition 文件',
    hint: '请使用计划文件所写发行版的 openshift-install',
  },
  'cluster.noGeneration': {
    message: 'Ignition 文件的版次“{generation}”不存在',
    hint: '请列出现有版次：holdfast cluster ignition --list',
  },
  'cluster.noIgnition': {
    message: '尚未为该集群生成 Ignition 文件',
    hint: '请生成：holdfast cluster ignition <plan>',
  },
  'cluster.ignitionExpired': {
    message: 'Ignition 版次“{generation}”中的证书已于 {ended} 到期',
    hint: '请重新生成：holdfast cluster ignition <plan>；用旧文件装过的机器须重新安装',
  },
  'cluster.ignitionInUse': {
    message: '已有机器用 Ignition 版次“{generation}”开始安装',
    hint: '换成另一版次后它们将无法加入：请等安装完成，或用 --new 重新开始并重装每台机器',
  },
  'cluster.unreadablePlan': {
    message: '无法读取计划“{path}”：{detail}',
    hint: '请给出存在的计划，或用“holdfast cluster init”生成',
  },
  'cluster.faultyPlan': {
    message: '计划“{path}”有 {count} 处错误',
    hint: '用“holdfast cluster check {path}”查看每处的位置和改法',
  },
  'cluster.badKubeconfig': {
    message: 'Kubeconfig“{path}”不可用：{fault}',
    hint: '请使用安装机器时那一版次的“auth”目录中的文件',
  },
  'cluster.apiUnreachable': {
    message: '位于 {server} 的 Kubernetes API 没有应答：{detail}',
    hint: '请检查负载均衡的 6443 端口，以及 bootstrap 或某个 master 是否已启动',
  },
  'cluster.apiDenied': {
    message: 'Kubernetes API 拒绝 {path}（{status}）：{reason}',
    hint: '请使用安装机器时那一版次的 kubeconfig',
  },
  'cluster.apiFailed': { message: 'Kubernetes API 对 {path} 应答状态 {status}：{reason}' },
  'cluster.apiMalformed': {
    message: 'Kubernetes API 对 {path} 的应答无法理解：{fault}',
    hint: '请检查 6443 端口是否通向这个集群的 API',
  },
  'cluster.serviceOff': {
    message: '此堡垒机的 {service} 未启用，无法告知“{node}”的变化',
    hint: '请告知代替它的负载均衡器',
  },
  'cluster.bastionRuns': {
    message: '工作目录“{folder}”上已有堡垒机在运行',
    hint: '请先结束它，或用 --work 指定另一目录',
  },
  'cluster.bastionAway': {
    message: '工作目录“{folder}”上没有正在运行的堡垒机',
    hint: '请启动它：holdfast cluster up plan.yaml',
  },
  'cluster.bastionRefused': { message: '堡垒机拒绝了请求：{detail}' },
  'cluster.noBalancer': {
    message: '这台堡垒机的负载均衡未启用',
    hint: '请联系代其提供负载均衡的一方',
  },
  'cluster.probeRuns': {
    message: '另一个预检正在通过负载均衡读取',
    hint: '请等它结束；最多半分钟',
  },
  'cluster.stubNode': {
    message: '负载均衡不向节点“{node}”发送任何流量',
    hint: '请用 --node 指定其中之一：{known}',
  },
  'cluster.stubListen': {
    message: '替身无法监听 {address}：{detail}',
    hint: '请在拥有该节点地址的机器上运行，须有使用 1024 以下端口的权限，且节点本身尚未提供服务',
  },
  'cluster.badQuestion': { message: '堡垒机不认识请求“{question}”' },
  'cluster.badJournal': {
    message: '日志“{path}”无法读取：{fault}',
    hint: '请将其移走：安装将从第一步起重新查看，不会重复执行',
  },
  'cluster.badKeptPlan': {
    message: '保存在“{path}”的计划无法读取：{fault}',
    hint: '请再次使用该计划，例如“holdfast cluster status plan.yaml”；届时会重新保存',
  },
  'cluster.otherCluster': {
    message: '工作目录“{path}”属于“{zone}”的安装',
    hint: '请用 --work 另指定目录',
  },
  'cluster.noInstaller': {
    message: '此处没有发行版 {version}，无法从中取出 openshift-install',
    hint: '请用“holdfast add”获取该发行版，或用“holdfast import”导入；也可用 --installer 指定程序',
  },
  'cluster.noSuchWorker': { message: '计划中没有节点“{node}”', hint: '请先将它作为 worker 写入计划' },
  'cluster.notInstalled': {
    message: '“{zone}”的安装尚未得到 kubeconfig',
    hint: '请先安装，或用 --kubeconfig 指定文件',
  },
  'cluster.noSuchImage': { message: '计划中没有映像“{path}”', hint: '计划中有：{paths}' },
};
