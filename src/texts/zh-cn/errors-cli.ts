import type { ErrorTexts } from '../errors.ts';

/** 命令行与配置错误的简体中文文本。 */
export const errorsOfCli: {
  readonly [C in keyof ErrorTexts as C extends `${'cli' | 'config'}.${string}` ? C : never]: ErrorTexts[C];
} = {
  'cli.unknownCommand': {
    message: '没有命令“{name}”',
    hint: '是否想用“{nearest}”？“holdfast help”列出全部命令',
  },
  'cli.unknownOption': { message: '此处没有选项“{option}”', hint: '“holdfast help {command}”列出其选项' },
  'cli.optionFirst': {
    message: '选项“{option}”写在了命令之前',
    hint: '请写在命令之后：“holdfast {command} … {option}”',
  },
  'cli.missingArgument': {
    message: '缺少参数“{argument}”',
    hint: '“holdfast help {command}”说明该命令的写法',
  },
  'cli.usage': { message: '无法理解该命令：{detail}', hint: '“holdfast help {command}”说明该命令的写法' },
  'cli.badNumber': { message: '{option} 的值“{value}”不是大于 0 的整数', hint: '请写一个数，例如 50' },
  'cli.badChoice': { message: '{option} 的值“{value}”不在可选范围内', hint: '请选择其一：{choices}' },
  'cli.unreadableFile': { message: '无法读取文件“{path}”：{detail}', hint: '请检查文件名与读取权限' },
  'cli.noLinks': { message: '没有从标准输入读到链接', hint: '请每行给出一个链接' },
  'cli.notALink': {
    message: '“{folder}”是镜像目录或归档，不是链接',
    hint: '请用“holdfast import {folder}”导入；其中的发行版和镜像会成为快照',
  },
  'cli.otherImport': {
    message: '选项“{option}”不适用于“{folder}”中的内容',
    hint: '--trust、--repair 和 --report 用于数据包；--tag 和 --as 用于镜像目录与归档',
  },
  'cli.onlyFromRegistry': {
    message: '选项“{option}”仅用于从仓库读取的镜像',
    hint: '请在保存镜像时选择平台（“holdfast add --platform”），或把来源写成 docker://…',
  },
  'cli.nothingSelected': {
    message: '没有指明要携带的内容',
    hint: '请写明链接，用 --tag 写明标签，或用 --all 表示全部',
  },
  'cli.nothingToChange': { message: '没有要更改的内容', hint: '请用 --add 或 --remove 写明标签' },
  'cli.noMatch': {
    message: '没有编号为“{ref}”的内容',
    hint: '“holdfast list”和“holdfast show <link>”会显示编号；只要不重复，写前几个字符即可',
  },
  'cli.ambiguous': { message: '有多个编号以“{ref}”开头：{matches}', hint: '请多写几个字符' },
  'cli.noBytes': {
    message: '快照“{snapshot}”没有保存内容：其判定为“{verdict}”',
    hint: '请用“holdfast snapshot {link} --wait”重新拍摄',
  },
  'cli.notMade': {
    message: '无法生成快照“{snapshot}”的 PDF：{detail}',
    hint: '请重试，或改用其他格式：html、wacz',
  },
  'cli.binaryToTerminal': {
    message: '格式“{format}”不是文本，会弄乱终端',
    hint: '请用 -o 写入文件，或通过管道送出',
  },
  'cli.writeFailed': { message: '写入“{path}”失败：{detail}', hint: '没有留下残余；请用 -o 另选位置' },
  'cli.interrupted': {
    message: '已中断',
    hint: '没有丢失任何内容：再次运行同一命令即可从中断处继续；仍在等待的快照由“holdfast serve”完成',
  },
  'cli.missingAnswers': {
    message: '此处无法提问，而缺少以下答案：{options}',
    hint: '请用选项给出，或在终端中运行',
  },
  'cli.planExists': {
    message: '计划“{path}”未写入：{detail}',
    hint: '请用 --to 另指定文件，或用 --force 覆盖',
  },
  'cli.emptyPassword': { message: '没有给出密码', hint: '请键入密码，或以一行送到标准输入' },
  'cli.passwordsDiffer': { message: '两次输入的密码不同', hint: '请重试' },
  'cli.noUserYet': { message: '还没有可拥有令牌的用户', hint: '请用“holdfast user add <name>”创建' },
  'cli.whichUser': { message: '有多个用户：{names}', hint: '请用 --user 指明其一' },
  'config.invalid': {
    message: '配置中有 {count} 处错误',
    hint: '每项设置及其取值见 docs/configuration.md',
  },
  'config.badAddress': {
    message: '{place} 的值“{value}”不是可监听的地址',
    hint: '请写 IP 地址（或 localhost）和 0 到 65535 的端口：127.0.0.1:8420、[::1]:8420、0.0.0.0:8420',
  },
  'config.badRange': {
    message: '{place} 中的“{value}”不是地址段',
    hint: '请写成 CIDR 形式，用逗号分隔：10.0.0.0/8, fd00::/8',
  },
  'config.badPath': { message: '{place} 的值“{value}”不是路径', hint: '请写文件夹或文件的路径' },
  'config.badMirrors': {
    message: '{place} 中的规则“{value}”无法理解',
    hint: '请写成 来源=镜像，例如 quay.io/openshift-release-dev=mirror.example.org:5000/ocp',
  },
  'config.badWebAddress': {
    message: '{place} 中的“{value}”不是网页服务器的地址',
    hint: '请写完整，例如 https://mirror.example.org/signatures',
  },
  'config.badBrowser': {
    message: '{place} 的值“{value}”既不是路径也不是 CDP 地址',
    hint: '请写 Chromium 程序的路径，或正在运行的浏览器的地址：http://127.0.0.1:9222、ws://…',
  },
  'config.badDatabase': {
    message: '{place} 的值“{value}”不是 Postgres 地址',
    hint: '请写成 postgres://user@host/name，或省略以使用数据目录中的 SQLite 文件',
  },
  'config.badDuration': {
    message: '{place} 的值“{value}”不是 {least} 到 {most} 之间的时长',
    hint: '请写数字和单位（ms、s、m、h）：60s、2m',
  },
  'config.badSize': {
    message: '{place} 的值“{value}”不是 {least} 到 {most} 之间的大小',
    hint: '请写数字和单位（KB、MB、GB 或 KiB、MiB、GiB）：200MB',
  },
  'config.badKeep': {
    message: '{place} 中的规则“{value}”无法理解',
    hint: '若规则针对某个标签，先写标签和冒号，再写词语：last=10 hourly=24 daily=7 weekly=4 monthly=12 yearly=3 within=30d，或 all',
  },
  'config.badCount': {
    message: '{place} 的值“{value}”不是 {least} 到 {most} 之间的整数',
    hint: '请写 {least} 到 {most} 之间的整数',
  },
  'config.badOrigin': {
    message: '{place} 的值“{value}”不是来源',
    hint: '请只写协议、主机和端口，与浏览器显示的一致：https://keep.example.org',
  },
  'config.badChoice': { message: '{place} 的值“{value}”不在可选范围内', hint: '请选择其一：{choices}' },
  'config.sameAddress': {
    message: '{first} 与 {second} 都是“{value}”',
    hint: '请给回放单独的端口：不同的来源才能让保存的页面接触不到您的会话',
  },
  'config.lonelyOrigin': {
    message: '设置了 {first} 而没有设置 {second}',
    hint: '在反向代理之后两者各有地址：请也设置 {second}',
  },
  'config.badFile': {
    message: '无法读取配置文件“{path}”：{fault}',
    hint: '请写一个 JSON 对象，其键见 docs/configuration.md',
  },
  'config.unknownKey': { message: '{place} 不是设置项', hint: '最接近的名称是“{nearest}”' },
  'config.portTaken': {
    message: '地址 {address} 正被其他程序占用',
    hint: '请结束该程序（是否已有一个 Holdfast 在运行？），或在 {variable} 中另选地址',
  },
  'config.unreadable': {
    message: '无法读取配置所指的文件“{path}”：{detail}',
    hint: '请检查文件名，并确认运行 Holdfast 的用户有读取权限',
  },
  'config.dataFolder': {
    message: '无法使用数据目录“{path}”：{detail}',
    hint: '请将其交给运行 Holdfast 的用户，或在 HOLDFAST_DATA 中指定其他目录',
  },
  'config.unknownVariable': {
    message: '变量 {place} 不是设置项，不起作用',
    hint: '最接近的名称是 {nearest}',
  },
  'cli.badFile': {
    message: '--file 为“{value}”；应为计划中的路径、等号和链接',
    hint: '例如：--file rhcos.raw.gz=01m83te79g',
  },
  'cli.noFile': {
    message: '快照“{snapshot}”不是文件的快照',
    hint: '请指定指向文件的链接，见“holdfast list”',
  },
};
