import type { RoomErrorTexts } from '../../errors.ts';

/** 网页接口错误的简体中文文本。 */
export const http: RoomErrorTexts<'http'> = {
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
  'http.jobEnded': { message: '任务“{id}”已经结束（{state}）', hint: '如需再运行一次，请用“retry”重新开始' },
  'http.noBytes': {
    message: '快照“{id}”以某个原因告终，没有保存内容',
    hint: '其依据说明了原因；请再保存一次快照',
  },
  'http.noPart': { message: '快照“{id}”没有 {part}', hint: '快照的格式列表说明了它有什么' },
  'http.noContents': {
    message: '快照“{id}”是网页快照，没有内容清单',
    hint: '网页所含的内容见 GET /api/snapshots/{id}/resources',
  },
  'http.notInside': {
    message: '“{place}”中没有摘要为“{digest}”的镜像',
    hint: '请使用其镜像列表中的摘要',
  },
  'http.registryOff': {
    message: '此服务器没有运行镜像仓库',
    hint: '请把 HOLDFAST_REGISTRY_LISTEN 设为监听地址，然后重新启动',
  },
  'http.noCluster': {
    message: '此服务器不认识集群“{zone}”',
    hint: 'GET /api/clusters 列出已知的集群；“holdfast cluster up plan.yaml”可开始一个新的集群',
  },
  'http.tooLargeToShow': {
    message: '该文档超过 {limitBytes} 字节，不予显示',
    hint: '请把快照下载为 WACZ 或 HTML',
  },
  'http.unfitToShow': {
    message: '该文档的写法可能访问网络，不予显示',
    hint: '请再保存一次该页面的快照',
  },
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
};
