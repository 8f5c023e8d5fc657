import type { input as en } from '../en/input.ts';
import type { Translated } from '../translated.ts';

/** 请求字段错误的简体中文文本。 */
export const input: Translated<typeof en> = {
  type: '应为 {expected}',
  missing: '此字段必填',
  tooSmall: '长度至少为 {limit}',
  tooBig: '长度至多为 {limit}',
  tooLow: '至少为 {limit}',
  tooHigh: '至多为 {limit}',
  choice: '必须是以下之一：{values}',
  format: '书写格式不正确',
  unknownKeys: '未知字段：{keys}',
  other: '无效',
};
