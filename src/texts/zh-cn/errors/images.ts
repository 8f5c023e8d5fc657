import type { RoomErrorTexts } from '../../errors.ts';
import { imageFolders } from './image-folders.ts';

const runAgain = '已复制的内容会保留；排除原因后再运行一次';

/** 容器镜像与镜像仓库错误的简体中文文本。 */
export const images: RoomErrorTexts<'images'> = {
  ...imageFolders,
  'images.unsupportedManifest': {
    message: '不支持镜像“{image}”的清单类型“{mediaType}”',
    hint: '支持 Docker schema 2 与 OCI 的清单、清单列表和索引；请用较新的工具重新推送该镜像',
  },
  'images.malformedManifest': {
    message: '镜像“{image}”的清单格式错误：{fault}',
    hint: '请再保存一次快照、从副本恢复该数据块，或请镜像发布者重新推送',
  },
  'images.badReference': {
    message: '镜像引用“{value}”格式错误：{fault}',
    hint: '请写成 docker://主机/仓库:标签 或 docker://主机/仓库@sha256:…',
  },
  'images.badPlatform': {
    message: '平台“{value}”格式错误',
    hint: '请写成 linux/amd64 或 linux/arm64/v8',
  },
  'images.badMirror': {
    message: '“{source}”的镜像源规则格式错误：{fault}',
    hint: '来源与镜像源请写成不带标签的 主机/路径，例如 quay.io/openshift-release-dev',
  },
  'images.badCredentials': {
    message: '“{place}”中的凭据格式错误：{fault}',
    hint: '请原样使用下载的 pull secret：JSON 中有“auths”，其中有主机及其“auth”（用户名:密码的 base64）',
  },
  'images.credentialHelper': {
    message: '“{place}”中的凭据由辅助程序“{helper}”保管，Holdfast 不会启动它',
    hint: '请把凭据写入文件：运行“podman login --authfile 文件 主机”，或使用 pull secret',
  },
  'images.notFound': { message: '在“{place}”中找不到镜像“{image}”' },
  'images.noPlatform': {
    message: '镜像“{image}”没有平台“{platform}”的版本',
    hint: '它有以下平台：{platforms}',
  },
  'images.partGone': {
    message: '“{place}”中没有镜像的组成部分“{digest}”，但其清单引用了它',
    hint: '它已被删除，或从未完整推送；已复制的内容会保留，再次复制时会直接使用',
  },
  'images.partsMissing': {
    message: '镜像仓库“{place}”拒绝清单“{digest}”，因为其引用的部分不在那里：{detail}',
    hint: '请复制该镜像的所有平台，或只选一个平台',
  },
  'images.wrongBytes': {
    message: '从“{place}”收到的数据不是“{digest}”：{detail}',
    hint: '数据在途中被改动，或在那里已损坏；请重试，若仍如此请告知镜像仓库的管理者',
  },
  'images.denied': {
    message: '镜像仓库“{host}”拒绝访问“{repository}”：{detail}',
    hint: '请提供该镜像仓库的 pull secret 或登录信息，并确认其账号有权使用该仓库',
  },
  'images.plainOnly': {
    message: '镜像仓库“{host}”不使用 TLS：{detail}',
    hint: '若它有意使用明文 HTTP，请加上 --plain-http（链接用“holdfast add … --plain-http”）；此时传输不加密',
  },
  'images.untrusted': {
    message: '镜像仓库“{host}”的证书不受信任：{detail}',
    hint: '若证书由私有机构签发，请用 --ca 文件 指定该机构',
  },
  'images.unreachable': {
    message: '无法连接镜像仓库“{host}”：{detail}',
    hint: '请检查其名称与线路后重试；已复制的内容会保留',
  },
  'images.busy': {
    message: '镜像仓库“{host}”暂时不接受更多请求（状态 {status}，要求等待 {retryAfterMs} 毫秒）',
    hint: '请稍后重试，或先登录：镜像仓库对已知账号的限制更宽',
  },
  'images.failing': {
    message: '镜像仓库“{host}”出现故障：对 {method} {path} 回应 {status}：{detail}',
    hint: '请稍后重试；若仍如此，请询问镜像仓库的管理者',
  },
  'images.refused': {
    message: '镜像仓库“{host}”以 {status} 拒绝 {method} {path}：{detail}',
    hint: '请检查它接受什么（名称、大小、媒体类型），或询问其管理者',
  },
  'images.nowhere': {
    message: '无法从“{place}”或其镜像源取得镜像“{image}”：{detail}',
    hint: '请排除上述任一处的问题后重试',
  },
  'images.badAnswer': {
    message: '镜像仓库“{host}”的回应无法使用：{detail}',
    hint: '请确认它是镜像仓库，而不是登录页面或其前面的代理',
  },
  'images.sourceFailed': { message: '读取“{name}”失败：{detail}', hint: runAgain },
  'images.targetFailed': { message: '写入“{name}”失败：{detail}', hint: runAgain },
  'images.malformedTar': {
    message: '归档“{archive}”在第 {offset} 字节处格式错误：{fault}',
    hint: '请与原文件核对校验和，然后重新复制',
  },
  'images.truncatedTar': {
    message: '归档“{archive}”在第 {offset} 字节处过早结束：缺少 {missing}',
    hint: '请与原文件核对大小，然后重新复制',
  },
  'images.unsafeTarEntry': {
    message: '拒绝归档“{archive}”中的条目“{entry}”：{fault}',
    hint: '常用工具不会写出这样的归档；请向制作者索取完好的归档',
  },
  'images.unwritableTarEntry': {
    message: '无法把条目“{entry}”写入 tar：{fault}',
    hint: '请确认其来源没有同时被改动，然后重试',
  },
  'images.compressedTar': {
    message: '归档“{archive}”经 {coding} 压缩，无法直接定位读取其中的内容',
    hint: '请先解压，例如“{command}”，再指定得到的 tar',
  },
};
