/** 计划文件的结构与书写格式方面的问题。 */
export const planStructure = {
  'plan.tooLarge': {
    message: '计划有 {length} 个字符，超过 {limit}',
    hint: '计划只写文件名，不包含文件内容；请删去无关部分',
  },
  'plan.tooDeep': { message: '计划的嵌套超过 {limit} 层', hint: '计划只有四层；请检查是否有未闭合的括号' },
  'plan.empty': { message: '计划是空的', hint: '请用“holdfast cluster init”生成' },
  'plan.yaml': { message: '这不是 YAML：{detail}', hint: '请检查缩进，以及未闭合的引号或括号' },
  'plan.duplicateKey': { message: '同一映射中此键出现两次', hint: '请只保留一个' },
  'plan.alias': {
    message: '不接受别名“{name}”：计划中没有锚点',
    hint: '请直接写出值；所有节点共有的值写在 nodeDefaults 中',
  },
  'plan.mergeKey': {
    message: '不接受合并键（<<）',
    hint: '请直接写出值；所有节点共有的值写在 nodeDefaults 中',
  },
  'plan.severalDocuments': {
    message: '这里开始了第二个文档',
    hint: '一个文件一份计划；请把另一份放入单独的文件',
  },
  'plan.unknownKey': {
    message: '此处没有名为“{key}”的字段',
    hint: '是否想写“{nearest}”？所有字段见 docs/plan.md',
  },
  'plan.missing': { message: '缺少“{field}”', hint: '请补上；含义见 docs/plan.md' },
  'plan.missingOfNode': {
    message: '节点“{node}”没有“{field}”',
    hint: '请写在该节点中，或在 nodeDefaults.{field} 中为所有节点写明',
  },
  'plan.type': { message: '“{field}”的类型不是 {expected}', hint: '写法见 docs/plan.md' },
  'plan.choice': { message: '“{field}”是“{value}”，不在可选值之内', hint: '请选择其一：{choices}' },
  'plan.tooLow': { message: '“{field}”是 {value}，小于 {limit}', hint: '请写 {limit} 或更大的值' },
  'plan.tooHigh': { message: '“{field}”是 {value}，大于 {limit}', hint: '请写 {limit} 或更小的值' },
  'plan.tooFew': { message: '“{field}”少于 {limit} 项', hint: '请至少写 {limit} 项' },
  'plan.tooMany': { message: '“{field}”多于 {limit} 项', hint: '请减少；其余的可在安装后添加' },
  'plan.notLabel': {
    message: '“{field}”是“{value}”，不是 DNS 标签',
    hint: '请使用 1 至 63 个小写字母、数字和连字符，首尾不能是连字符',
  },
  'plan.notDomain': {
    message: '“{field}”是“{value}”，不是域名',
    hint: '请写由小写字母、数字和连字符组成、以点分隔的标签，例如 example.com',
  },
  'plan.notHost': {
    message: '“{field}”是“{value}”，不是完整的主机名',
    hint: '请写带域名的名称，不含协议、端口和路径，例如 registry.example.com',
  },
  'plan.notAddress': {
    message: '“{field}”是“{value}”，不是 IPv4 地址',
    hint: '请写四个不超过 255、无前导零的数字，例如 10.225.45.250',
  },
  'plan.notNetwork': {
    message: '“{field}”是“{value}”，不是 IPv4 网络',
    hint: '请写地址和前缀长度，例如 10.225.45.0/24',
  },
  'plan.notTimeServer': {
    message: '“{field}”是“{value}”，既不是地址也不是主机名',
    hint: '请写 IPv4 地址或完整主机名',
  },
  'plan.notVersion': {
    message: '“{field}”是“{value}”，不是带补丁号的版本',
    hint: '请写三个数字，例如 4.20.1',
  },
  'plan.notRepository': {
    message: '“{field}”是“{value}”，不是仓库名',
    hint: '请写小写名称，以斜杠分隔，不含主机和标签，例如 ocp4/openshift4',
  },
  'plan.notDisk': {
    message: '“{field}”是“{value}”，不是设备',
    hint: '请写 /dev 下的名称，例如 sda、nvme0n1 或 disk/by-id/…',
  },
  'plan.notInterface': {
    message: '“{field}”是“{value}”，不是网络接口',
    hint: '请使用至多 15 个字母、数字、点、连字符和下划线，例如 ens192',
  },
  'plan.notKernelArgument': {
    message: '“{field}”是“{value}”，不是单个内核参数',
    hint: '每项写一个参数，不含空格、引号和控制字符，例如 console=ttyS0',
  },
  'plan.notUrlPath': {
    message: '“{field}”是“{value}”，不是文件服务下的路径',
    hint: '不要以斜杠开头，不含“..”、空格和 URL 需转义的字符，例如 rhcos.raw.gz',
  },
  'plan.notPath': { message: '“{field}”不是文件名', hint: '请把内容放入计划旁的文件，在此写文件名' },
};
