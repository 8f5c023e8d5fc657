import { relativeTime } from './relative-time.ts';

/** Numbers, sizes and times as a language writes them. */
export interface Formats {
  number(value: number): string;
  /** 0.5 is 50%. */
  percent(share: number): string;
  /** 2.4 MB; powers of a thousand. */
  bytes(sizeBytes: number): string;
  /** The number alone in the unit of `total`: 1.2 beside 5.6 GB. */
  bytesBeside(sizeBytes: number, total: number): string;
  /** Whole seconds below two minutes, then minutes. */
  duration(durationMs: number): string;
  /** Days, hours and minutes, the two largest that it has: 17h 40m; seconds below a minute. */
  span(durationMs: number): string;
  dateTime(time: string | number): string;
  relative(time: string, nowMs: number): string;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Makes the formats of a language; `justNow` is the catalog's word for the last seconds. */
export function createFormats(language: string, justNow: string): Formats {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const unit = (value: number, name: string, digits: number): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'byte' || name === 'minute' ? 'short' : 'narrow',
      maximumFractionDigits: digits,
    }).format(value);
  // CLDR writes "571 byte" in English and no plural of it; narrow gives the letter, but no space before it.
  const bytesFormats = units.map(
    (name) => (value: number, digits: number) =>
      name === 'byte'
        ? `${number.format(value)} B`
        : new Intl.NumberFormat(language, {
            style: 'unit',
            unit: name,
            maximumFractionDigits: digits,
          }).format(value),
  );
  const narrow = (value: number, name: string): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value);
  const powerOf = (sizeBytes: number) =>
    Math.min(units.length - 1, sizeBytes < 1000 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
  const digitsOf = (value: number, power: number) => (power === 0 || value >= 100 ? 0 : 1);
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    bytes(sizeBytes) {
      const power = powerOf(sizeBytes);
      const value = sizeBytes / 1000 ** power;
      return bytesFormats[power]!(value, digitsOf(value, power));
    },
    bytesBeside(sizeBytes, total) {
      const power = powerOf(total);
      const value = sizeBytes / 1000 ** power;
      return new Intl.NumberFormat(language, { maximumFractionDigits: digitsOf(value, power) }).format(value);
    },
    duration(durationMs) {
      const seconds = Math.max(0, durationMs) / 1000;
      if (seconds < 10) return unit(seconds, 'second', durationMs % 1000 === 0 ? 0 : 1);
      return seconds < 120
        ? unit(Math.round(seconds), 'second', 0)
        : unit(Math.round(seconds / 60), 'minute', 0);
    },
    span(durationMs) {
      const minutes = Math.floor(Math.max(0, durationMs) / 60_000);
      if (minutes === 0) return narrow(Math.floor(Math.max(0, durationMs) / 1000), 'second');
      const parts = [
        [Math.floor(minutes / 1440), 'day'],
        [Math.floor(minutes / 60) % 24, 'hour'],
        [minutes % 60, 'minute'],
      ] as const;
      const first = parts.findIndex(([value]) => value > 0);
      return parts
        .slice(first, first + 2)
        .filter(([value], at) => value > 0 || at === 0)
        .map(([value, name]) => narrow(value, name))
        .join(' ');
    },
    dateTime: (time) => dateTime.format(new Date(time)),
    relative: (time, nowMs) => relativeTime(Date.parse(time), nowMs, language, justNow),
  };
}
