/** 规则检查发现的问题。 */
export const planRules = {
  'plan.unreadableSecret': {
    message: '无法读取“{field}”的文件“{path}”：{detail}',
    hint: '路径相对于计划文件；请检查拼写和读取权限',
  },
};
