import type { ErrorTexts } from '../errors.ts';
import { errorsOfCli } from './errors-cli.ts';

/** 各模块错误的简体中文文本；`{name}` 由错误的细节填入。 */
export const errors: ErrorTexts = {
  ...errorsOfCli,
  'auth.loginNeeded': {
    message: '此操作需要登录',
    hint: '请在网页界面登录，或以“Authorization: Bearer hf_…”发送 API 令牌',
  },
  'auth.badToken': {
    message: 'API 令牌无效',
    hint: '令牌有误或已被撤销：请在设置中新建一个，并以“Authorization: Bearer hf_…”发送',
  },
  'auth.badCredentials': {
    message: '用户名或密码错误',
    hint: '请检查两者；可在服务器上用“holdfast user password”设置新密码',
  },
  'auth.throttled': { message: '登录失败次数过多', hint: '请在 {seconds} 秒后重试' },
  'auth.badSetupCode': {
    message: '初始设置码错误',
    hint: '请从服务器数据目录中的文件“setup-code”读取',
  },
  'auth.setupDone': { message: '首位管理员已存在', hint: '请直接登录' },
  'auth.badName': {
    message: '不能使用名称“{name}”',
    hint: '请使用 1 到 64 个字母、数字以及“.”“_”“-”“@”，并以字母或数字开头',
  },
  'auth.badPassword': {
    message: '不能使用该密码：需要 {min} 到 {max} 个字符，且不能与用户名相同',
    hint: '请选用由几个词组成的句子',
  },
  'auth.nameTaken': { message: '用户“{name}”已存在', hint: '请换一个名称' },
  'auth.noUser': { message: '找不到用户“{name}”', hint: '请列出用户以查看名称' },
  'auth.noToken': { message: '找不到 API 令牌“{id}”', hint: '请列出令牌以查看其编号' },
  'auth.badTokenName': {
    message: 'API 令牌的名称需要 1 到 100 个字符',
    hint: '请按使用它的程序命名，例如“备份脚本”',
  },
  'auth.badSecretFile': {
    message: '密钥文件“{path}”为空或已损坏',
    hint: '请删除该文件并重新启动服务器，将会生成新的文件',
  },
  'auth.corruptHash': {
    message: '用户“{name}”所存的密码散列不是 argon2id 散列',
    hint: '请在服务器上设置新密码',
  },
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
  'capture.badSnapshot': {
    message: '无法读取快照“{snapshot}”：{fault}',
    hint: '请再保存一次快照，或从副本恢复该数据块',
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
  'capture.tooLarge': { message: '“{url}”返回的内容超过 {limitBytes} 字节' },
  'db.locked': {
    message: '数据库“{place}”一直被其他进程锁定',
    hint: '请查看是哪个程序打开了该文件（fuser、lsof），结束它后重试',
  },
  'db.newer': {
    message: '数据库“{place}”由更新版本的 Holdfast 写入：它有迁移“{migration}”，而本程序不认识',
    hint: '请启动更新的程序，或恢复升级前的备份',
  },
  'db.badUrl': {
    message: '无法理解数据库地址“{value}”',
    hint: '请写成 postgres://user@host/name，或省略以使用数据目录中的 SQLite 文件',
  },
  'digest.malformed': {
    message: '摘要“{value}”格式错误',
    hint: '请写成 sha256: 后接 64 个小写十六进制数字',
  },
  'http.noRoute': { message: '“{path}”处没有内容', hint: '所有路径都列在 /api/openapi.json 中' },
  'http.method': {
    message: '路径“{path}”不接受 {method} 方法',
    hint: '所有路径和方法都列在 /api/openapi.json 中',
  },
  'http.input': { message: '请求中有无法理解的字段', hint: '请更正“errors”中列出的字段' },
  'http.notJson': { message: '请求的正文不是 JSON', hint: '请以 UTF-8 发送一个 JSON 值' },
  'http.mediaType': {
    message: '此处不接受内容类型“{mediaType}”',
    hint: '请发送 JSON，并带上“Content-Type: application/json”头',
  },
  'http.tooLarge': { message: '请求的正文超过 {limitBytes} 字节', hint: '请分成几个较小的请求发送' },
  'http.host': {
    message: '“{host}”不是本服务器的名称',
    hint: '请用其地址打开，或在其配置中把公开来源设为您使用的名称',
  },
  'http.crossSite': {
    message: '拒绝来自其他网站（“{origin}”）的请求',
    hint: '请用与请求相同的地址打开网页界面',
  },
  'http.csrf': {
    message: '“x-holdfast-csrf”头不属于此会话',
    hint: '请从 GET /api/session 读取该值，并随每次更改发送；若仍出现，请重新加载页面',
  },
  'http.notInTrash': { message: '链接“{id}”不在回收站中，因此未被彻底删除', hint: '请先不带“purge”删除它' },
  'http.noSnapshot': { message: '找不到快照“{id}”', hint: '请列出其链接的快照' },
  'http.jobEnded': { message: '任务“{id}”已经结束（{state}）', hint: '如需再运行一次，请用“retry”重新开始' },
  'http.noBytes': {
    message: '快照“{id}”以某个原因告终，没有保存内容',
    hint: '其依据说明了原因；请再保存一次快照',
  },
  'http.noPart': { message: '快照“{id}”没有 {part}', hint: '快照的格式列表说明了它有什么' },
  'http.noUser': { message: 'API 令牌属于用户，而此请求没有登录', hint: '此服务器对本机开放，不需要令牌' },
  'http.busy': { message: '连接的监听者过多（{limit}）', hint: '请关闭网页界面的其他窗口后重试' },
  'http.openBeyondLoopback': {
    message: '拒绝在“{address}”上不经登录地监听',
    hint: '请在 127.0.0.1 上监听，或保留登录',
  },
  'http.listen': {
    message: '在“{address}”上监听失败：{detail}',
    hint: '请结束占用该端口的程序，或用 HOLDFAST_LISTEN 或 HOLDFAST_REPLAY_LISTEN 选择其他端口',
  },
  'http.internal': {
    message: '服务器内部出错（编号“{reference}”）',
    hint: '服务器日志中以该编号记录了原因',
  },
  'images.badManifest': {
    message: '清单不是 OCI 镜像清单：{fault}',
    hint: '请再保存一次快照，或从副本恢复该数据块',
  },
};
