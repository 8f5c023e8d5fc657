/** What is wrong with a field of a request, in English; `{name}` is filled from the fault. */
export const input = {
  type: 'Expected {expected}',
  missing: 'This field is required',
  tooSmall: 'Must be at least {limit} long',
  tooBig: 'Must be at most {limit} long',
  tooLow: 'Must be at least {limit}',
  tooHigh: 'Must be at most {limit}',
  choice: 'Must be one of {values}',
  format: 'Is not written as it should be',
  unknownKeys: 'Unknown fields: {keys}',
  other: 'Is not valid',
};
