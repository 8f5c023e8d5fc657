import type { cluster as en } from '../en/cluster.ts';
import type { Translated } from '../translated.ts';

/** `holdfast cluster` 的简体中文文本。 */
export const cluster: Translated<typeof en> = {
  about: '由一份计划文件搭建离线安装 OpenShift 的堡垒机',
  plan: '计划，YAML 文件（见 docs/plan.md）',
  work: '保存集群安装过程的目录（默认为数据目录中该集群的目录）',
  init: {
    about: '提问并写出一份计划',
    to: '写入的文件',
    force: '覆盖已有文件',
    written: (file) =>
      `已写入 ${file}。请把“secrets”中的文件放在旁边，然后运行：holdfast cluster check ${file}`,
    questions: {
      name: '集群名称',
      baseDomain: '基础域',
      version: 'OpenShift 版本，例如 4.20.4',
      rhcos: 'RHCOS 版本，不高于前者',
      machine: '机器所在网络，例如 10.225.45.0/24',
      gateway: '节点的网关',
      bastion: '堡垒机地址',
      registryAddress: '镜像仓库地址；与堡垒机相同则由 Holdfast 提供',
      registryHost: '镜像仓库的完整主机名',
      repository: '发行版在镜像仓库中的仓库名',
      masters: '主节点地址，三个或一个，以空格分隔',
      bootstrap: '引导主机地址',
      workers: '工作节点地址，可以没有',
      disk: '节点的磁盘',
      interface: '节点的网络接口',
      upstream: '查询其他名称的 DNS 服务器；与外网隔离时没有',
      timeServers: '时间服务器',
      pullSecret: '拉取密钥文件',
      sshKey: 'SSH 公钥文件',
      trustBundle: '镜像仓库颁发机构的证书文件（PEM）',
    },
    comments: {
      head: 'Holdfast 的计划：安装所需的每个事实只写一次。全部字段见 docs/plan.md；用“holdfast cluster check”检查。',
      cluster: '区域为 <name>.<baseDomain>。',
      networks: 'Pod 和服务的网络不得与机器网络重叠，也不得与 Pod 要访问的网络重叠。',
      bastion: '提供 DNS、负载均衡、文件；镜像仓库在此机时也由它提供。',
      registry: '节点由此拉取镜像；拉取密钥中须有它的登录。',
      nodes: '主节点按 etcd 名称的顺序；引导主机之后可变成工作节点（becomes: worker1）。',
      dns: '其他名称向这些服务器查询；与外网隔离时没有。',
      timeServers: '时钟不一致时证书会被拒绝。',
      rhcos: '不高于集群版本。',
      secrets: '文件，相对于本文件；计划中没有任何密钥。',
    },
  },
  check: {
    about: '一次报告计划的全部问题，附位置和改法',
    error: '错误',
    warning: '警告',
    contradicts: (place, path) => `与 ${place} 处的 ${path} 矛盾`,
    source: (page) => `出处：${page}`,
    good: (cluster, version, nodes) => `没有问题：${cluster}，OpenShift ${version}，${nodes} 个节点`,
    count: (errors, warnings) => `${errors} 处错误，${warnings} 处警告`,
  },
  render: {
    about: '写出安装所需的全部文件，无需再改动',
    to: '文件写入的目录；其中的其他文件保持不变',
    force: '渲染之后被手工改动过的文件也一并替换',
    secret: '机密',
    same: '未变',
    changed: '已更新',
    removed: '已删除，计划中不再有',
    done: (files, folder) => `${files} 个文件已写入 ${folder}；请从 RUNBOOK.zh-CN.md 开始`,
  },
  up: {
    about: '提供计划交给 Holdfast 的服务：DNS、负载均衡、文件、镜像仓库和网页界面',
    images: 'RHCOS 映像所在目录，按计划中的路径存放（默认为工作目录中的 images）',
    without: (services: string) => `无论计划如何，把某项服务留给他人：${services}；可重复`,
    ready: (cluster: string) => `${cluster} 的堡垒机已就绪`,
    services: {
      dns: 'DNS     ',
      balancer: '负载均衡',
      files: '文件    ',
      stats: '统计    ',
      registry: '镜像仓库',
      interface: '网页界面',
    },
    noIgnition: (path: string) => `${path} 尚未生成：holdfast cluster ignition`,
    noFile: (path: string, file: string) => `缺少 ${path}：请放到 ${file}`,
    expired: (time: string) =>
      `此 Ignition 文件中的证书已于 ${time} 过期；请重新生成：holdfast cluster ignition`,
    health: (backend: string, frontend: string, health: string, detail: string) =>
      `${frontend} 的后端 ${backend} 现为 ${{ up: '可用', down: '不可用', unknown: '未知' }[health] ?? health}（${detail}）`,
    drained: (backend: string, byItself: boolean) =>
      byItself ? `${backend} 已离开负载均衡，流量由其余节点承担` : `${backend} 已从负载均衡中移出`,
    enabled: (backend: string) => `${backend} 已放回负载均衡`,
    available: (frontend: string, available: boolean) =>
      available ? `${frontend} 已有后端应答` : `${frontend} 没有任何后端应答`,
    fetching: (who: string, path: string) => `${who} 正在获取 ${path}`,
    fetched: (who: string, path: string, status: number, complete: boolean) =>
      status >= 400
        ? `${who} 获取 ${path} 被拒绝（${status}）`
        : complete
          ? `${who} 已取得 ${path}`
          : `${who} 中断了 ${path} 的下载`,
    stranger: (who: string, path: string, verdict: string, role: string) =>
      `与计划不符：${who}${role && `（角色 ${role}）`}请求了 ${path}：${verdict}`,
    verdicts: {
      'wrong-role': '这是另一角色的文件；请检查输入的 Ignition 地址',
      'wrong-node': '这是另一节点的文件；请检查输入的地址',
      'unplanned-path': '计划中没有给它这个文件',
      'unknown-address': '计划中没有节点使用此地址；请检查输入的 ip=',
    },
  },
  iso: {
    about: '由 RHCOS 的 ISO 为每个节点制作无需手工输入的引导镜像',
    to: '存放镜像的目录，每个节点一个；必填',
    iso: 'RHCOS 的 installer ISO（4.5 及更早）或 live ISO（更新版本）；默认使用计划中指定的',
    node: '只制作该节点的镜像；可重复',
    ways: {
      areas: '已嵌入内核参数',
      menu: '已用 xorriso 修改引导菜单',
      'menu-and-area': '已用 xorriso 修改引导菜单，并嵌入配置',
    },
    next: '请为每台机器挂载它自己的镜像并开机；安装会自动进行',
  },
};
