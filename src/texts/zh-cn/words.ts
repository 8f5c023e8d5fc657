/** 错误与依据的细节中作为固定词出现的值，按细节的名称列出；不在其中的值保持原样。 */
export const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: {
    opening: '打开网页',
    loading: '加载网页',
    settling: '等待网页稳定',
    saving: '保存网页',
    downloading: '获取文件',
    writing: '写入存储',
  },
  reason: {
    loopback: '本机地址',
    private: '内网地址',
    'link-local': '链路本地地址',
    'carrier-grade-nat': '运营商级 NAT 地址',
    metadata: '云元数据地址',
    unspecified: '未指定地址',
    multicast: '多播地址',
    reserved: '保留地址',
    'own-service': 'Holdfast 自身的服务',
    scheme: '不支持的协议',
    port: '不允许的端口',
    unresolvable: '无法解析',
  },
  state: {
    queued: '排队中',
    running: '进行中',
    done: '已完成',
    failed: '已失败',
    cancelled: '已取消',
  },
};
