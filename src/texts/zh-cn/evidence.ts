import type { EvidenceCode } from '../../links/index.ts';

/** 判定依据的简体中文说明；`{name}` 由依据的细节填入。 */
export const evidence: Readonly<Record<EvidenceCode, string>> = {
  httpStatus: '服务器返回状态码 {status}',
  textAndPixels: '页面显示了 {characters} 个字符和 {resources} 个资源',
  noVisibleContent: '页面上没有可见内容：{characters} 个字符，只有一种颜色',
  timeCap: '在“{stage}”阶段达到 {limitMs} 毫秒的时间上限',
  bytesCap: '页面传来的数据超过 {limitBytes} 字节，其余部分已截断',
  domCap: '页面元素超过 {limitNodes} 个，其余部分已略去',
  scrollCap: '页面在滚动时不断增长，只保留到 {heightPx} 像素',
  resourcesMissing: '{total} 个资源中缺少 {missing} 个',
  pendingRequests: '有 {count} 个请求一直没有结束，已略去',
  networkError: '页面无法加载：{error}',
  refusedAddress: '不允许访问地址 {address}（{reason}）',
  rendererCrash: '页面使渲染进程崩溃 {times} 次',
  browserLost: '浏览器意外退出：{detail}',
  download: '该链接是下载文件（{mediaType}，{sizeBytes} 字节），已按文件保存',
  redirectedTo: '链接指向 {url}',
  tabClosed: '页面自行关闭',
  noScreenshot: '未能及时截图；其余内容均已保存',
  checksumMatched: '数据与 {source} 给出的校验和一致',
  checksumMismatch: '数据与 {source} 所说的不符：应为 {expected}，实为 {actual}；未予保存',
  resumed: '获取时中断，之后从断点继续（{times} 次）',
  fetchedAnew: '获取过程中服务器上的文件发生改变，已从头重新获取（{times} 次）',
  begunAnew: '第 {attempts} 次尝试才完成：此前浏览器或渲染进程意外结束',
};
