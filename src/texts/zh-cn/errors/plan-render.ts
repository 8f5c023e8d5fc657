/** cluster/plan 派生与渲染的错误。 */
export const planRender = {
  'plan.unknownIngressNode': {
    message: '节点“{name}”要承接 80 和 443 端口，但计划中没有这个节点',
    hint: '请在“balancer.ingressNodes”中写计划里的节点，或写引导主机之后变成的工作节点',
  },
  'plan.unrenderable': {
    message: '值“{value}”无法写入 {format}',
    hint: '名称请只用字母、数字、点和连字符；“holdfast cluster check”会指出是哪个字段',
  },
  'plan.badPullSecret': {
    message: 'Pull secret 无法使用：{fault}',
    hint: '请使用下载得到的 pull secret（含“auths”的 JSON），并加入镜像仓库的登录信息',
  },
  'plan.badSshKey': {
    message: 'SSH 密钥不是一行公钥',
    hint: '请在“secrets.sshKey”中写以 .pub 结尾的文件',
  },
  'plan.badTrustBundle': {
    message: '信任证书无法使用：{fault}',
    hint: '请在“secrets.trustBundle”中写只含证书颁发机构证书（PEM）的文件',
  },
  'plan.noIdentity': {
    message: '镜像仓库要由渲染的引擎提供，但没有证书',
    hint: '请用“holdfast cluster render”渲染，它会让 Holdfast 自己的证书颁发机构签发一张',
  },
  'plan.noNameServer': {
    message: 'DNS 由他人提供，但计划没有写明地址',
    hint: '请在“dns.upstream”中写出域名服务器的地址',
  },
} as const;
