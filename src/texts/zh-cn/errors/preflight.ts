import type { RoomErrorTexts } from '../../errors.ts';
import { preflightMachine } from './preflight-machine.ts';

const preflightServices = {
  'preflight.tooLong': {
    message: '{seconds} 秒内没有应答',
    hint: '请检查到它的线路以及途中的过滤，然后重新预检',
  },
  'preflight.broken': {
    message: '无法检查：{detail}',
    hint: '请按其所述修复，然后重新预检',
  },
  'preflight.nameRight': { message: '{answer}' },
  'preflight.nameServerSilent': {
    message: '域名服务器 {server} 通过 {transport} 没有应答（{reason}）',
    hint: '请确认它在运行，且 53/{transport} 可达，从节点一侧也要可达',
  },
  'preflight.noSuchName': {
    message: '{server} 通过 {transport} 回答 {rcode}',
    hint: '请在 {server} 上添加记录：{record}',
  },
  'preflight.noRecord': {
    message: '{server} 知道该名称，但没有它的 {type} 记录',
    hint: '请在 {server} 上添加记录：{record}',
  },
  'preflight.wrongRecord': {
    message: '{server} 回答 {answered}，应为 {wanted}',
    hint: '请在 {server} 上修改记录：{record}',
  },
  'preflight.moreRecords': {
    message: '{server} 除 {wanted} 外还回答 {extra}',
    hint: '请在 {server} 上只保留：{record}',
  },
  'preflight.moreNames': {
    message: '{server} 对它还有其他名称：{extra}',
    hint: '机器可能误取其中之一作为主机名；请在 {server} 上保留：{record}',
  },
  'preflight.madeUpName': {
    message: '{server} 对不存在的“{name}”回答了 {answered}',
    hint: '请在 {server} 上去掉泛域名 *.{zone}；只有 *.apps.{zone} 可以是泛域名',
  },
  'preflight.nameAbsent': { message: '“{name}”不存在，服务器也如实回答' },
  'preflight.noNameServers': {
    message: '计划把 DNS 留给他人，却没有说明是谁',
    hint: '请把它们的地址写入 dns.upstream',
  },
  'preflight.noUpstream': { message: '计划中没有上游：外部名称一律拒绝' },
  'preflight.upstreamAnswers': { message: '{server} 有应答' },
  'preflight.upstreamSilent': {
    message: '{server} 没有应答（{reason}）：计划之外的名称要数秒才失败',
    hint: '隔离网络中请把 dns.upstream 留空；否则请确认从堡垒机可达 {server}',
  },
  'preflight.tokenRead': { message: '已通过 {address} 读到令牌' },
  'preflight.noFrontend': {
    message: '正在运行的负载均衡没有端口 {port}',
    hint: '它是按另一份计划启动的：请重新启动“holdfast cluster up”',
  },
  'preflight.balancerInUse': {
    message: '未探测：端口 {port} 正在使用（{reason}），不在节点与客户端之间插入任何东西',
  },
  'preflight.otherAnswers': {
    message: '{name} 在 {address}:{port} 由别的程序应答（状态 {status}）',
    hint: '请让 {name} 指向 {planned}，并停掉在那里监听 {port} 的其他程序',
  },
  'preflight.wayBroken': {
    message: '{name} 的 {address}:{port} 接受连接后又断开（{detail}）',
    hint: '请让 {name} 指向 {planned}；并查找途中占用 {port} 的其他程序或过滤',
  },
  'preflight.portShut': {
    message: '{name} 的 {address}:{port} 不可达（{detail}）',
    hint: '请确认负载均衡监听 {planned}:{port}，{name} 指向那里，且 {port}/tcp 放行',
  },
  'preflight.stubsRead': { message: '已从 {nodes} 读到' },
  'preflight.someStubsRead': {
    message: '已从 {nodes} 读到；{missing} 未得到证明',
    hint: '请在拥有节点地址的每台机器上运行：holdfast cluster stub plan.yaml --node {missing}；或检查负载均衡的后端',
  },
  'preflight.wrongStub': {
    message: '端口 {port} 通向了 {node} 的端口 {itsPort}',
    hint: '请在负载均衡上让 {port} 通向 {planned} 的 {port}',
  },
  'preflight.notOurStub': {
    message: '端口 {port} 有应答（状态 {status}），通路是开的；但是否为节点未得到证明',
    hint: '请在集群启动之前，在拥有节点地址的机器上运行：holdfast cluster stub plan.yaml --node NAME',
  },
  'preflight.onlyOpen': {
    message: '端口 {port} 开放，但背后没有应答者；是否通向 {missing} 未得到证明',
    hint: '请在拥有节点地址的机器上运行：holdfast cluster stub plan.yaml --node NAME',
  },
  'preflight.registryAway': {
    message: '{address}:{port} 不可达（{detail}）',
    hint: '请确认镜像仓库“{host}”在那里运行，且 {port}/tcp 放行，从节点一侧也要可达',
  },
  'preflight.registryNoTls': {
    message: '{address}:{port} 不使用 TLS（{detail}）',
    hint: '请为镜像仓库“{host}”配置证书；节点不会以明文拉取',
  },
  'preflight.certificateRight': { message: '由 {issuer} 签发，有效至 {ends}' },
  'preflight.certificateEnded': {
    message: '“{host}”的证书已于 {ends} 到期',
    hint: '请重新签发，备用名称中须有“{host}”',
  },
  'preflight.certificateEndsSoon': {
    message: '“{host}”的证书将于 {ends} 到期，还有 {days} 天',
    hint: '请在安装之前重新签发：节点运行期间始终需要拉取',
  },
  'preflight.certificateNoNames': {
    message: '“{host}”的证书只有通用名称而没有备用名称，节点不接受',
    hint: '请用 subjectAltName=DNS:{host} 重新签发',
  },
  'preflight.certificateOtherName': {
    message: '“{host}”不在其证书的名称之中：{names}',
    hint: '请用 subjectAltName=DNS:{host} 重新签发',
  },
  'preflight.certificateUntrusted': {
    message: '“{host}”的证书不受信任（{fault}）；签发者为 {issuer}',
    hint: '请把签发它的证书颁发机构（含中间机构）加入计划的信任包',
  },
  'preflight.noPullSecret': { message: '拉取密钥“{file}”未能读取', hint: '请确认文件存在' },
  'preflight.badPullSecret': {
    message: '拉取密钥“{file}”不可用：{detail}',
    hint: '它应为 JSON，在“auths”下有每个镜像仓库的登录',
  },
  'preflight.noLogin': {
    message: '拉取密钥中没有“{host}”的登录',
    hint: '请添加：podman login --authfile pull-secret.json {host}',
  },
  'preflight.loginRefused': {
    message: '{detail}',
    hint: '请更新拉取密钥中“{host}”的登录，并确认它可以读取“{repository}”',
  },
  'preflight.releaseMissing': {
    message: '{repository} 中没有该发行版（查找了 {tags}）',
    hint: '请复制过去：holdfast copy，或 oc adm release mirror',
  },
  'preflight.releaseBroken': {
    message: '无法从 {repository} 拉取该发行版：{detail}',
    hint: '请按其所述修复；若有部分缺失或损坏，请重新复制该发行版',
  },
  'preflight.releasePulled': { message: '{image}，已核对 {bytes} 字节' },
  'preflight.anonymousRefused': { message: '{host} 不登录则什么都读不到' },
  'preflight.anonymousReads': { message: '任何人无需登录即可读取 {host}' },
  'preflight.anonymousUnknown': { message: '未能查明 {host} 是否无需登录即可读取：{detail}' },
  'preflight.fileServed': { message: '已提供' },
  'preflight.fileServedWith': { message: '已提供，{bytes} 字节' },
  'preflight.fileMissing': { message: '缺少“{path}”', hint: '请放到 {file}' },
  'preflight.fileEmpty': { message: '“{path}”为空', hint: '请重新获取' },
  'preflight.filesAway': {
    message: '{url} 不可达（{detail}）',
    hint: '请确认文件服务在运行，且其端口放行',
  },
  'preflight.fileStatus': { message: '{url} 的应答状态为 {status}', hint: '请把文件放到那里' },
  'preflight.fileNoLength': {
    message: '{url} 的应答没有 Content-Length，下载中断将无从察觉',
    hint: '请以普通文件提供，不要经过会改动它的过滤',
  },
  'preflight.digestRight': { message: '{digest}…，与“{place}”一致' },
  'preflight.digestWrong': {
    message: '“{file}”的 sha256 为 {got}，而“{place}”写的是 {wanted}',
    hint: '请重新获取：它在途中损坏，或属于另一版本',
  },
  'preflight.digestUnknown': { message: '没有可比对的校验和；请把官方公布的放到 {file}' },
  'preflight.digestNoFile': { message: '“{file}”不存在' },
  'preflight.ignitionNotMade': {
    message: '“{path}”尚未生成',
    hint: '请在首次开机前一天之内生成：holdfast cluster ignition plan.yaml',
  },
  'preflight.ignitionNotInGeneration': {
    message: '版次“{generation}”中没有“{path}”',
    hint: '请重新生成：holdfast cluster ignition plan.yaml',
  },
  'preflight.ignitionEnded': {
    message: '“{path}”中的证书已于 {ends} 到期',
    hint: '请重新生成：holdfast cluster ignition plan.yaml',
  },
  'preflight.ignitionAging': {
    message: '“{path}”中的证书将于 {ends} 到期，不宜再用来开始安装',
    hint: '请重新生成：holdfast cluster ignition plan.yaml',
  },
  'preflight.ignitionFresh': { message: '版次 {generation}，有效至 {ends}' },
  'preflight.rolesRight': { message: '{nodes} 个安装各自得到其角色的文件' },
  'preflight.roleOther': {
    message: '堡垒机给 {node} 的是 {given}，计划为 {planned}',
    hint: '它按旧计划运行：请重新启动“holdfast cluster up”',
  },
  'preflight.rolesUnknown': { message: '堡垒机不提供文件' },
} as const satisfies Partial<RoomErrorTexts<'preflight'>>;

/** 预检结果的文本。 */
export const preflight: RoomErrorTexts<'preflight'> = { ...preflightServices, ...preflightMachine };
