import type { web as en } from '../en/web.ts';
import type { Translated } from '../translated.ts';

/** 网页界面的简体中文文本。 */
export const web: Translated<typeof en> = {
  appName: 'Holdfast',
};
