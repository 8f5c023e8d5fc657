import type { RoomErrorTexts } from '../../errors.ts';

/** 快照保存错误的简体中文文本。 */
export const capture: RoomErrorTexts<'capture'> = {
  'capture.refusedScheme': {
    message: '拒绝链接“{url}”：只能保存 http 和 https 链接',
    hint: '请给出该页面在其网站服务器上的地址',
  },
  'capture.refusedAddress': {
    message: '拒绝访问“{target}”的地址“{address}”：{reason}',
    hint: '如果允许保存该网络的内容，请在 HOLDFAST_EGRESS_ALLOW 中写明其地址段',
  },
  'capture.noBrowser': {
    message: '找不到用来保存快照的浏览器',
    hint: '请用“apt-get install chromium-headless-shell fonts-noto-cjk”安装，或在 HOLDFAST_BROWSER 中指定',
  },
  'capture.browserFailed': {
    message: '浏览器“{path}”未能启动：{detail}',
    hint: '请手动以 --version 运行它；可在 HOLDFAST_BROWSER 中指定其他浏览器',
  },
  'capture.browserLost': { message: '浏览器意外退出：{detail}' },
  'capture.fileBroken': {
    message: '获取“{url}”时中断，连续 {tries} 次尝试都没有得到数据：{detail}',
    hint: '在服务器允许时，已经得到的部分会保留；下次尝试从那里继续',
  },
  'capture.fileChanging': {
    message: '获取“{url}”的过程中，该文件一再改变',
    hint: '请等它上传完毕后再试',
  },
  'capture.badSnapshot': {
    message: '无法读取快照“{snapshot}”：{fault}',
    hint: '请再保存一次快照，或从副本恢复该数据块',
  },
  'capture.notARelease': {
    message: '快照“{snapshot}”不是 OpenShift 发行版的快照',
    hint: '请指定发行版镜像的快照，例如 docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64',
  },
  'capture.noImages': {
    message: '“{place}”中没有镜像',
    hint: '请指定“oc adm release mirror --to-dir”写出的目录、OCI 镜像布局，或其 tar',
  },
  'capture.severalImages': {
    message: '快照“{snapshot}”含有多个镜像，“{tag}”无法代表它',
    hint: '请去掉标签，或按摘要复制其中一个平台',
  },
  'capture.unsoundRelease': {
    message: '未复制发行版“{image}”，因为其签名不成立：{reason}',
    hint: '请用“holdfast add”保存并查看已知情况，并询问发布者',
  },
  'capture.taggedRelease': {
    message: '发行版的镜像保留 oc 所给的标签，因此“{target}”不能带标签',
    hint: '请只写仓库',
  },
  'capture.noProgram': {
    message: '发行版 {version} 中没有程序“{program}”：{fault}',
    hint: '请保存全部平台后再取一次快照，或提取其他程序',
  },
  'capture.unpatchable': {
    message: '无法把发行版 {version} 的程序“{program}”绑定到该发行版：{fault}',
    hint: '可直接使用该程序并设置 OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE，或换用本版本支持的发行版',
  },
  'capture.cannotWrite': {
    message: '无法写入文件“{path}”：{detail}',
    hint: '请确认其目录存在、可写并有剩余空间',
  },
  'capture.badRelease': {
    message: '无法读取发行版“{image}”：{fault}',
    hint: '请检查链接是否指向发行版镜像，并联系其发布者',
  },
  'capture.tooManyExchanges': {
    message: '请求记录超过 {limitBytes} 字节',
    hint: '请减少记录该页面的请求，或缩短请求正文',
  },
  'capture.tooLargeAsHtml': {
    message: '快照“{snapshot}”作为单个 HTML 文件将有 {sizeBytes} 字节，超过 {limitBytes} 字节',
    hint: '请用“--as wacz”取为 WACZ，其中每个资源只存一份',
  },
  'capture.noFormat': { message: '快照“{snapshot}”没有“{format}”格式', hint: '它有：{formats}' },
  'capture.tooManyRedirects': { message: '链接“{url}”的重定向超过 {limit} 次' },
  'capture.fetchFailed': { message: '获取“{url}”失败：{detail}' },
  'capture.noAnswer': { message: '服务器“{server}”没有应答：{detail}' },
  'capture.brokenOff': { message: '“{server}”的应答中断：{detail}' },
  'capture.stalled': { message: '服务器“{server}”在 {stallMs} 毫秒内没有发来任何数据' },
  'capture.unknownAuthority': {
    message: '“{server}”的证书由未知机构签发：{detail}',
    hint: '如果信任签发机构，请用 --ca FILE 给出它的证书',
  },
  'capture.wrongCertificate': {
    message: '“{server}”的证书不适用于它：{detail}',
    hint: '请用证书中写明的名称访问该服务器，或更新证书',
  },
  'capture.notTls': {
    message: '服务器“{server}”不以 TLS 应答：{detail}',
    hint: '如果它是没有 TLS 的服务器，请用 --plain-http 允许',
  },
  'capture.badAuthority': {
    message: '无法读取给出的证书机构：{detail}',
    hint: '请给出 PEM 文件，其开头为“-----BEGIN CERTIFICATE-----”',
  },
  'capture.tooLarge': { message: '“{url}”返回的内容超过 {limitBytes} 字节' },
  'capture.refusedPort': {
    message: '拒绝“{target}”的端口 {port}：它属于网页以外的协议',
    hint: '请在其他端口上提供该页面；浏览器同样拒绝此端口',
  },
  'capture.unresolvable': {
    message: '找不到“{target}”的地址：{detail}',
    hint: '请检查主机名的拼写，以及本机能否解析它（getent hosts）',
  },
  'capture.badUrl': { message: '链接“{url}”不是网页地址', hint: '请写完整，例如 https://example.com/page' },
  'capture.badRange': { message: '无法理解允许网段中的“{item}”', hint: '请写成 {better}' },
  'capture.badOwnService': {
    message: '无法理解本机服务“{item}”',
    hint: '请写明地址和端口，例如 127.0.0.1:8420 或 [::]:8421',
  },
  'capture.cancelled': { message: '“{url}”的快照已取消' },
  'capture.printFailed': { message: '把快照打印为 PDF 失败：{detail}' },
};
