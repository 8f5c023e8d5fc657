import type { RoomErrorTexts } from '../../errors.ts';

/** 镜像布局与 oc 镜像目录错误的简体中文文本。 */
export const imageFolders = {
  'images.badPlace': {
    message: '位置“{value}”格式错误：{fault}',
    hint: '请写成 docker://host/repository[:tag]、oci:目录[:tag]、oci-archive:文件[:tag] 或 oc:目录',
  },
  'images.badLayout': {
    message: '“{place}”不是 OCI 镜像布局：{fault}',
    hint: '请指定含有 oci-layout、index.json 和 blobs 的目录或 tar，例如“skopeo copy”或“umoci”生成的',
  },
  'images.badMirrorFolder': {
    message: '“{place}”不是 oc 的镜像目录：{fault}',
    hint: '请指定当初传给“oc adm release mirror --to-dir”的目录；其中有“v2”',
  },
  'images.severalRepositories': {
    message: '“{place}”含有多个仓库，无法放进同一个位置：{repositories}',
    hint: '请先用“holdfast import”导入，再逐个复制其中的内容',
  },
  'images.badSignatureFile': {
    message: '签名文件“{place}”格式错误：{fault}',
    hint: '它是 oc 写出的 ConfigMap；请重新复制，或重新镜像该发行版',
  },
  'images.outsideLink': {
    message: '拒绝“{place}”中的文件“{path}”：它指向目录之外，或不是普通文件',
    hint: '如果信任该目录的制作者，请用文件本身代替链接，例如“cp -rL”',
  },
  'images.ambiguousImageTag': {
    message: '镜像标签“{tag}”在“{place}”中对应 {count} 个镜像',
    hint: '请用摘要指定所需的镜像',
  },
  'images.occupied': {
    message: '无法写入“{place}”：{fault}',
    hint: '请指定其他位置，或移走那里已有的内容',
  },
  'images.placeFull': {
    message: '“{place}”空间不足：需要 {neededBytes} 字节，剩余 {freeBytes} 字节',
    hint: '请清理其磁盘或改用其他磁盘，然后再运行一次；已复制的内容会保留',
  },
  'images.placeFailed': {
    message: '使用“{place}”失败：{detail}',
    hint: '请确认磁盘在位、写入时以读写方式挂载，并且权限允许',
  },
  'images.unfitFileSystem': {
    message: '“{place}”所在的文件系统无法容纳 oc 的镜像目录：{fault}',
    hint: '其文件名需要冒号，并需要符号链接，而 FAT、exFAT 和 NTFS 介质不支持；请改用离线包（“holdfast export”）',
  },
} as const satisfies Partial<RoomErrorTexts<'images'>>;
