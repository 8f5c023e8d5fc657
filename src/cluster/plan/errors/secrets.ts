/** Files that a plan names. No message has any of their content. */
export const secretErrors = {
  unreadableSecret: {
    kind: 'invalid',
    message: 'File "{path}" of "{field}" cannot be read: {detail}',
    hint: 'Its path is relative to the plan; check how it is spelled and who may read it',
  },
} as const;
