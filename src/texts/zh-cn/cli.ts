import type { cli as en } from '../en/cli.ts';
import type { Translated } from '../translated.ts';

/** 命令行的简体中文文本。 */
export const cli: Translated<typeof en> = {
  usage: '保存链接背后的内容',
};
