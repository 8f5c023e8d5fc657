/** 计划所写文件的问题。 */
export const planSecrets = {
  'plan.unreadableSecret': {
    message: '无法读取“{field}”的文件“{path}”：{detail}',
    hint: '路径相对于计划文件；请检查拼写和读取权限',
  },
  'plan.pullSecretNotJson': {
    message: '拉取密钥不是 JSON',
    hint: '请使用下载的原文件并加入镜像仓库的登录；可以写成多行',
  },
  'plan.pullSecretShape': {
    message: '拉取密钥中没有“auths”',
    hint: '请写对象“auths”，每个镜像仓库一项，形式与“podman login --authfile”所写相同',
  },
  'plan.pullSecretNoMirror': {
    message: '拉取密钥中没有镜像仓库 {host} 的登录',
    hint: '请加入“auths”，端口不是 443 时要带端口；自有仓库可用“holdfast registry robot add”生成',
  },
  'plan.pullSecretBadLogin': {
    message: '拉取密钥中 {host} 的条目不是登录信息',
    hint: '“auth”请写 用户名:密码 的 base64：echo -n 用户名:密码 | base64 -w0',
  },
  'plan.sshKeyMalformed': {
    message: 'SSH 密钥不是 OpenSSH 公钥',
    hint: '请写以 .pub 结尾的文件，其中一行形如“ssh-ed25519 AAAA…”',
  },
  'plan.sshKeyPrivate': {
    message: 'SSH 密钥是私钥',
    hint: '请写公钥，即以 .pub 结尾的文件；私钥不能交给节点',
  },
  'plan.sshKeySeveral': {
    message: 'SSH 密钥文件有 {lines} 行',
    hint: '请只保留一个；其余可用 MachineConfig 添加',
  },
  'plan.sshKeyFips': {
    message: 'FIPS 模式不接受 ed25519 密钥',
    hint: '请生成 RSA 或 ECDSA 密钥：ssh-keygen -t ecdsa',
  },
  'plan.bundleEmpty': {
    message: '信任证书文件中没有证书',
    hint: '请写 PEM 文件，其中有“-----BEGIN CERTIFICATE-----”行',
  },
  'plan.bundlePrivate': { message: '信任证书文件中含有私钥', hint: '请只保留证书；它会交给每个节点' },
  'plan.bundleMissing': {
    message: '镜像仓库 {host} 由他人提供，但没有写信任证书',
    hint: '请在 secrets.trustBundle 中写其颁发机构的证书，除非各系统本就信任它',
  },
  'plan.certificateMalformed': {
    message: '信任证书文件中第 {number} 个证书无法读取',
    hint: '请向颁发机构重新获取',
  },
  'plan.certificateExpired': {
    message: '信任证书文件中第 {number} 个证书已于 {date} 到期',
    hint: '请重新签发，并检查本机时钟',
  },
  'plan.certificateEarly': {
    message: '信任证书文件中第 {number} 个证书在 {date} 之前无效',
    hint: '请检查本机时钟，或重新签发',
  },
  'plan.certificateEnding': {
    message: '信任证书文件中第 {number} 个证书将于 {date} 到期',
    hint: '请在安装前重新签发',
  },
  'plan.certificateNoSan': {
    message: '信任证书文件中第 {number} 个证书的名称“{name}”只写在 CN 中，客户端已不再读取',
    hint: '请重新签发并把名称写入 subjectAltName：-addext "subjectAltName=DNS:…"',
  },
  'plan.certificateNotAuthority': {
    message: '信任证书文件中第 {number} 个证书不是颁发机构的证书',
    hint: '请写签发它的颁发机构的证书，或以 basicConstraints=CA:TRUE 重新签发',
  },
  'plan.certificateOtherHost': {
    message: '信任证书文件中没有适用于镜像仓库 {host} 的证书',
    hint: '请签发以该名称为 subjectAltName 的证书，或写其颁发机构的证书',
  },
};
