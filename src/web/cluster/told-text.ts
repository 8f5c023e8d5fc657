import type { Formats } from '../i18n/format.ts';

const isoTime = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence of the server with its times as the reader's language and place write them. */
export const withLocalTimes = (text: string, formats: Pick<Formats, 'dateTime'>): string =>
  text.replace(isoTime, (time) => (Number.isNaN(Date.parse(time)) ? time : formats.dateTime(time)));
