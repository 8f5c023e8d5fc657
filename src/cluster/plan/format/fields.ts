import { z } from 'zod';
import { type FormatName, formats } from './formats.ts';

/** What a schema of a plan is built from: strict about how texts are written, or taking any text, for a plan that is only looked over. */
export interface Fields {
  text(format: FormatName, description: string, example: string): z.ZodString;
}

/** Fields that hold each text to its format; the issue of one that is not names the format. */
export const strictFields: Fields = {
  text: (format, description, example) => {
    const { pattern } = formats[format];
    return z
      .string()
      .refine((text) => pattern.test(text), { params: { format } })
      .meta({ description, pattern: pattern.source, examples: [example] });
  },
};

/** Fields that take any text. */
export const looseFields: Fields = { text: () => z.string() };
