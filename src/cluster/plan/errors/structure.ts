/** A plan that is no YAML of the right structure. */
export const structureErrors = {
  tooLarge: {
    kind: 'invalid',
    message: 'The plan has {length} characters, more than {limit}',
    hint: 'A plan names files and does not hold them; leave out what is no part of it',
  },
  tooDeep: {
    kind: 'invalid',
    message: 'The plan is nested deeper than {limit} levels',
    hint: 'A plan is four levels deep; look for a bracket that is not closed',
  },
  empty: { kind: 'invalid', message: 'The plan is empty', hint: 'Let "holdfast cluster init" write one' },
  yaml: {
    kind: 'invalid',
    message: 'This is not YAML: {detail}',
    hint: 'Look at the indent, and for a quote or bracket that is not closed',
  },
  duplicateKey: {
    kind: 'invalid',
    message: 'This key stands twice in one mapping',
    hint: 'Leave one of the two',
  },
  alias: {
    kind: 'invalid',
    message: 'Alias "{name}" is not taken: a plan has no anchors',
    hint: 'Write the value out; what all nodes share stands in nodeDefaults',
  },
  mergeKey: {
    kind: 'invalid',
    message: 'Merge keys (<<) are not taken',
    hint: 'Write the values out; what all nodes share stands in nodeDefaults',
  },
  severalDocuments: {
    kind: 'invalid',
    message: 'A second document begins here',
    hint: 'One file is one plan; put the other into a file of its own',
  },
  unknownKey: {
    kind: 'invalid',
    message: 'Field "{key}" is unknown here',
    hint: 'Did you mean "{nearest}"? docs/plan.md has all fields',
  },
  missing: { kind: 'invalid', message: '"{field}" is missing', hint: 'Add it; docs/plan.md says what it is' },
  missingOfNode: {
    kind: 'invalid',
    message: 'Node "{node}" has no "{field}"',
    hint: 'Say it at the node, or for all of them in nodeDefaults.{field}',
  },
  type: {
    kind: 'invalid',
    message: '"{field}" is not of the type {expected}',
    hint: 'docs/plan.md shows how it is written',
  },
  choice: {
    kind: 'invalid',
    message: '"{field}" is "{value}", which is none of the choices',
    hint: 'Choose one of: {choices}',
  },
  tooLow: {
    kind: 'invalid',
    message: '"{field}" is {value}, less than {limit}',
    hint: 'Write {limit} or more',
  },
  tooHigh: {
    kind: 'invalid',
    message: '"{field}" is {value}, more than {limit}',
    hint: 'Write {limit} or less',
  },
  tooFew: {
    kind: 'invalid',
    message: '"{field}" has fewer entries than {limit}',
    hint: 'Write at least {limit}',
  },
  tooMany: {
    kind: 'invalid',
    message: '"{field}" has more entries than {limit}',
    hint: 'Leave some out; later ones can be added on day two',
  },
} as const;
