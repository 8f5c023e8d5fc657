import type { RoomErrorTexts } from '../../errors.ts';

/** 镜像仓库服务错误的简体中文文本。 */
export const registry: RoomErrorTexts<'registry'> = {
  'registry.badName': {
    message: '仓库名称“{name}”不可用',
    hint: '请使用小写字母、数字和单个分隔符（. _ __ -），各级以“/”分隔，最长 255 个字符',
  },
  'registry.noRepository': { message: '仓库“{repository}”不存在', hint: '请列出仓库以查看名称' },
  'registry.badTag': {
    message: '镜像标签“{tag}”不可用',
    hint: '请使用 1 至 128 个字母、数字、“.”、“_”和“-”，首字符须为字母、数字或“_”',
  },
  'registry.badDigest': { message: '摘要“{digest}”格式错误，或其算法未知' },
  'registry.wrongDigest': { message: '内容的摘要不是“{digest}”', hint: '数据在途中被改动或截断；请重新推送' },
  'registry.noManifest': {
    message: '仓库“{repository}”中没有清单“{reference}”',
    hint: '请列出该仓库的镜像标签',
  },
  'registry.badManifest': { message: '“{repository}”的清单被拒绝：{fault}' },
  'registry.manifestTooLarge': { message: '清单超过 {limitBytes} 字节' },
  'registry.missingPart': {
    message: '清单引用了“{digest}”，但仓库“{repository}”中没有',
    hint: '请先推送或挂载清单所引用的数据块和清单',
  },
  'registry.noBlob': { message: '仓库“{repository}”中没有数据块“{digest}”' },
  'registry.blobInUse': { message: '数据块“{digest}”属于清单“{manifest}”', hint: '请先删除该清单' },
  'registry.noUpload': { message: '向“{repository}”的这次上传不存在或已结束', hint: '请重新开始上传' },
  'registry.wrongRange': {
    message: '该分块与已收到的内容不衔接：目前已收到 {heldBytes} 字节',
    hint: '请查询上传状态，然后从该处继续',
  },
  'registry.wrongSize': { message: '请求正文的长度与其头部不符：{fault}' },
  'registry.uploadBusy': { message: '另一个请求正在写入这次上传' },
  'registry.tooBusy': { message: '同时进行的上传已达上限（{limit}）', hint: '请过几秒再试' },
  'registry.quota': {
    message: '“{prefix}”的配额已用完：已占用 {usedBytes} / {limitBytes} 字节，还需要 {neededBytes} 字节',
    hint: '请删除不需要的内容，或申请更大的配额',
  },
  'registry.unauthorized': {
    message: '需要登录，或登录信息不正确',
    hint: '请用用户名和密码登录，或使用机器人的名称和密钥',
  },
  'registry.denied': { message: '该身份不能对“{repository}”执行 {action}' },
  'registry.readOnly': { message: '镜像仓库为只读' },
  'registry.crossSite': { message: '拒绝由网页发出的请求' },
  'registry.badPage': { message: '每页数量“{value}”不是数字' },
  'registry.badRange': { message: '所求范围不在 {sizeBytes} 字节的数据块之内' },
  'registry.badMethod': { message: '此处不支持 {method}' },
  'registry.stalled': { message: '请求正文传输过慢' },
  'registry.gone': { message: '客户端已断开' },
  'registry.badRobotName': {
    message: '机器人名称“{name}”不可用',
    hint: '请使用 1 至 64 个小写字母、数字、“.”、“_”、“+”和“-”，首字符须为字母或数字',
  },
  'registry.robotTaken': { message: '机器人“{name}”已存在', hint: '请换一个名称' },
  'registry.noRobot': { message: '机器人“{name}”不存在', hint: '请列出机器人' },
  'registry.badPattern': {
    message: '无法理解模式“{pattern}”',
    hint: '请写仓库名称；“openshift/*”表示其下全部，“*”表示所有仓库',
  },
  'registry.noRights': {
    message: '机器人至少需要对一个仓库的权限',
    hint: '请说明它可以做什么，例如 --pull "openshift/*"',
  },
  'registry.badExpiry': { message: '机器人“{name}”的到期时间已过' },
  'registry.badCertificate': {
    message: '证书“{path}”不可用：{fault}',
    hint: '请提供 PEM 文件：服务器证书在前，各级签发者证书在后，并提供与之匹配的密钥',
  },
  'registry.badKey': { message: '密钥“{path}”不可用：{fault}', hint: '请提供证书的 PEM 私钥，不带口令' },
  'registry.badAuthority': {
    message: '“{path}”中的证书颁发机构已损坏：{fault}',
    hint: '请从副本恢复，或删除该目录：会生成新的颁发机构，须告知所有客户端',
  },
  'registry.badHostName': {
    message: '名称“{name}”不能写入证书',
    hint: '请给出 DNS 名称和 IP 地址，以逗号分隔',
  },
  'registry.listen': {
    message: '镜像仓库无法监听 {address}：{detail}',
    hint: '请换一个地址或端口，或结束占用它的程序',
  },
};
