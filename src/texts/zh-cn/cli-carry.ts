import type { CliTexts } from '../cli.ts';

/** 复制、发行版与数据包命令的简体中文文本。 */
export const cliCarry: Pick<CliTexts, 'copy' | 'release' | 'export' | 'import' | 'receipt' | 'carry'> = {
  copy: {
    about: '把已保存的内容或别处的镜像复制到仓库、目录或归档',
    source:
      '链接或快照的编号，或 docker://host/repository:tag、oci:目录[:tag]、oci-archive:文件[:tag]、oc:目录',
    target:
      'docker://host/repository[:tag]、oci:目录、oci-archive:文件，或供“oc image mirror --from-dir”使用的 oc:目录',
    authFile: '登录信息文件（pull secret、auth.json），先于已配置的登录信息使用',
    plainHttp: '仓库使用明文 HTTP：指目标；只有来源是仓库时指来源',
    ca: '其私有证书颁发机构的证书文件（PEM）',
    fromPlainHttp: '来源和目标都是仓库时，来源使用明文 HTTP',
    fromCa: '来源的私有证书颁发机构的证书文件（PEM）',
    platform: '从仓库复制时只取此平台，例如 linux/amd64（可重复；不写则取全部）',
    bar: '已复制',
    done: (target, images, size, sent) =>
      `${target} 现有 ${images} 个镜像标签或制品（${size}）；发送了 ${sent}`,
    refused: (digest) => `该仓库不接受平台不全的列表；${digest} 只有所选平台的镜像`,
    goOn: '再次运行同一命令即可继续：目标已有的内容不会重发',
  },
  release: {
    about: '已保存的 OpenShift 发行版',
    info: '显示一个发行版，以及从镜像仓库安装它接下来需要的内容',
    mirror: '集群将从哪里获取它；不写则为本 Holdfast 的仓库',
    extract: '从发行版中取出一个程序并与其绑定，不访问任何仓库',
    command: 'openshift-install、oc 或 openshift-baremetal-install',
    to: '写入的目录',
    pinnedAt: '绑定到此镜像仓库中的发行版；不写则绑定到其来源',
    system: 'linux、mac 或 windows（linux）',
    arch: '多架构发行版中，运行它的机器的架构，例如 amd64 或 arm64',
    pinned: (pullspec) => `它安装的是 ${pullspec}`,
    counts: (components, imageTags, signatures) =>
      `${components} 个组件；镜像标签：${imageTags}；${signatures} 个签名`,
    installConfig: '在 install-config.yaml 中加入：',
    mirrorSet: '对运行中的集群，保存以下内容并用“oc apply -f”应用：',
    signature: '为使无法访问签名存储的集群能够验证该发行版，请一并应用：',
    noSignature: '没有保存签名，无法访问签名存储的集群只能用 --force 升级',
    notServed:
      '仓库未开启：设置 HOLDFAST_REGISTRY_LISTEN 并运行“holdfast serve”即可在该处提供该发行版，或用 --mirror 指定其他位置',
  },
  export: {
    about: '写出数据包，不经网络把链接及其快照带到另一个 Holdfast',
    to: '写入的目录，例如在要带走的磁盘上',
    tag: '带有此标签或其下级标签的链接（可重复）',
    all: '全部链接',
    history: '链接的所有快照，而不只是所显示的那个',
    partSize: '单个文件的上限（4GiB，少一个 4 MiB 的分块以便 FAT 能存放）',
    receipt: '省去接收方按此回执已有的内容（可重复；多个接收方时省去其共有的内容）',
    sign: '用此 Ed25519 密钥（PEM）签名',
    repair: '只写出 "verify --report" 或 "import --report" 的报告所要的分块',
    newKey: '生成签名密钥；公钥写在其旁',
    keyMade: (file, publicFile) => `已生成密钥 ${file}；其公钥为 ${publicFile}`,
    keyNext: '请把密钥留在此处；公钥请另经途径带过去一次，供 --trust 使用',
    bar: '已写出',
    plan: (links, snapshots, blobs, size, sizeBytes) =>
      `${links} 个链接、${snapshots} 个快照、${blobs} 个数据块：${size}（${sizeBytes} 字节）`,
    leftOut: (blobs, size) => `按回执省去：${blobs} 个数据块（${size}）`,
    written: (size) => `先前已写出并经核对：${size}`,
    done: (folder, parts, size) => `${folder} 已完成：${parts} 个分卷（${size}）和 bundle.json`,
    repaired: (folder, chunks, size) =>
      `${folder} 中有 ${chunks} 个分块（${size}）：请带过去并配合 "import --repair" 使用`,
  },
  import: {
    about: '导入数据包，或 oc、skopeo 等写入目录或归档的镜像：其中完好的全部内容',
    folder: '数据包所在目录；“oc adm release mirror --to-dir”的目录、OCI 镜像布局，或其 tar',
    tag: '用于镜像：给其链接加上此标签（可重复）',
    as: '用于镜像：其名称，例如 docker://host/repository；目录中没有写明时使用',
    tookIn: (place, snapshots, size) => `来自 ${place} 的 ${snapshots} 个快照（新增 ${size}）`,
    unnamed: (images) => `有 ${images} 个镜像没有写明名称：请用 --as docker://host/repository 指定`,
    bar: '已导入',
    plan: (blobs, size, sizeBytes, held) =>
      `要导入 ${blobs} 个数据块：${size}（${sizeBytes} 字节）；此处已有 ${held} 个`,
    done: (blobs, size, recorded, known) =>
      `已导入 ${blobs} 个数据块（${size}）和 ${recorded} 个快照；此处原有 ${known} 个快照`,
    incomplete: (digest, url) => `${url} 的快照 ${digest} 不完整`,
    lacksLeftOut: (digest) => `数据块 ${digest} 因回执说此处已有而被省去`,
    lacksDamaged: (digest) => `数据块 ${digest} 在数据包中已损坏`,
    lacks: (digest) => `缺少数据块 ${digest}`,
    more: (blobs) => `另有 ${blobs} 个`,
    refused: (url, detail) => `已拒绝：${url}：${detail}`,
    nextReceipt: '下一步：为此处的内容生成回执（"holdfast receipt -o FILE"），再用 --receipt 导出一次',
    nextRepair:
      '下一步：把 "--report FILE" 写出的报告交给数据包的制作者（"holdfast export --repair FILE --to FOLDER"），再用 --repair FOLDER 导入一次',
  },
  receipt: {
    about: '写出此处已有的内容，使导出到此处时可以省去',
    next: '请带给导出方："holdfast export --receipt FILE"',
  },
  carry: {
    trust: '只接受此公钥（PEM）对应的密钥所签名的内容',
    repair: '修复数据所在目录（可重复）',
    report: '把问题写入此文件，供 "export --repair" 使用',
    checking: '已检查',
    space: (place, needed, neededBytes, free) =>
      `${place} 需要空间：${needed}（${neededBytes} 字节）；可用：${free}`,
    signed: (key) => `由受信任的密钥 ${key} 签名`,
    signatureUnchecked: (key) => `由密钥 ${key} 签名；没有用 --trust 指明密钥，因此未验证签名`,
    unsigned: '没有签名',
    badChunk: (part, chunk, fault, detail) => `${part} 第 ${chunk} 个分块：${fault}（${detail}）`,
    faults: {
      missing: '缺失',
      truncated: '被截断',
      damaged: '已损坏',
      unreadable: '无法读取',
    },
    overlong: (part, bytes) => `${part} 在末尾之后多出 ${bytes} 字节`,
    hitBlob: (digest) => `数据块 ${digest} 不完整`,
    hitSnapshot: (digest, url) => `${url} 的快照 ${digest} 需要它`,
    good: (parts, size, blobs, snapshots) =>
      `全部完好：${parts} 个分卷（${size}），${blobs} 个数据块，${snapshots} 个快照`,
    askReport: '下一步：用 --report FILE 再检查一次；"import" 可先导入完好的内容',
    sendReport: (file) =>
      `下一步：把 ${file} 带给数据包的制作者，供 "holdfast export --repair" 使用；"import" 可先导入完好的内容`,
    goOn: '再次运行同一命令会从中断处继续',
  },
};
