import type { z } from 'zod';
import { planErrors } from '../errors.ts';
import { type Finding, type Path, type Places, pathText } from '../issue.ts';
import { type FormatName, formats } from './formats.ts';
import { suggestFor } from './known-keys.ts';

type ZodIssue = z.core.$ZodIssue;

/** The value at a path of a document; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    root,
  );
}

/** What an issue of the schema means for whoever wrote the plan; one finding, or one for each unknown key. */
export function findingsOf(issue: ZodIssue, root: unknown, places: Places): readonly Finding[] {
  const path = issue.path as Path;
  const field = pathText(path) || 'plan';
  const value = valueAt(root, path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      error: planErrors.unknownKey({ key: quoted(key), nearest: suggestFor(key, path) }),
      path: [...path, key],
      place: places.ofKey([...path, key]),
    }));
  if (value === undefined) return [{ error: planErrors.missing({ field }), path }];
  return [{ error: faultOf(issue, field, value), path }];
}

function faultOf(issue: ZodIssue, field: string, value: unknown): Finding['error'] {
  switch (issue.code) {
    case 'custom': {
      const format: unknown = issue.params?.format;
      // It may be the secret itself.
      if (format === 'notPath') return planErrors.notPath({ field });
      if (isFormat(format)) return planErrors[format]({ field, value: quoted(value) });
      break;
    }
    case 'invalid_value':
      return planErrors.choice({ field, value: quoted(value), choices: issue.values.join(', ') });
    case 'too_big':
      if (issue.origin === 'array') return planErrors.tooMany({ field, limit: Number(issue.maximum) });
      return planErrors.tooHigh({ field, value: quoted(value), limit: Number(issue.maximum) });
    case 'too_small':
      if (issue.origin === 'array') return planErrors.tooFew({ field, limit: Number(issue.minimum) });
      return planErrors.tooLow({ field, value: quoted(value), limit: Number(issue.minimum) });
    case 'invalid_type':
      return planErrors.type({ field, expected: issue.expected });
    default:
  }
  return planErrors.type({ field, expected: issue.code ?? '' });
}

const isFormat = (name: unknown): name is FormatName =>
  typeof name === 'string' && Object.hasOwn(formats, name);

/** A value short enough for a sentence. */
const quoted = (value: unknown) => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};
