import type { RoomErrorTexts } from '../../errors.ts';

/** 用户、会话与令牌错误的简体中文文本。 */
export const auth: RoomErrorTexts<'auth'> = {
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
};
