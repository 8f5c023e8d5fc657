import { defineErrors } from '../kernel/index.ts';

export const authErrors = defineErrors('auth', {
  loginNeeded: {
    kind: 'denied',
    message: 'Logging in is needed for this',
    hint: 'Log in on the web interface, or send an API token as "Authorization: Bearer hf_…"',
  },
  badToken: {
    kind: 'denied',
    message: 'The API token is not valid',
    hint: 'It was mistyped or revoked: make another one in the settings, and send it as "Authorization: Bearer hf_…"',
  },
  badCredentials: {
    kind: 'denied',
    message: 'Name or password is wrong',
    hint: 'Check both; "holdfast user password" on the server sets a new password',
  },
  throttled: {
    kind: 'unavailable',
    message: 'Too many attempts to log in failed',
    hint: 'Try again in {seconds} seconds',
  },
  badSetupCode: {
    kind: 'denied',
    message: 'The setup code is wrong',
    hint: 'Read it from the file "setup-code" in the data folder of the server',
  },
  setupDone: {
    kind: 'conflict',
    message: 'The first administrator exists already',
    hint: 'Log in instead',
  },
  badName: {
    kind: 'invalid',
    message: 'Name "{name}" can not be used',
    hint: 'Use 1 to 64 letters, digits and ".", "_", "-", "@", beginning with a letter or digit',
  },
  badPassword: {
    kind: 'invalid',
    message: 'The password can not be used: it needs {min} to {max} characters and must differ from the name',
    hint: 'Choose a sentence of some words',
  },
  nameTaken: {
    kind: 'conflict',
    message: 'User "{name}" exists already',
    hint: 'Choose another name',
  },
  noUser: {
    kind: 'notFound',
    message: 'User "{name}" was not found',
    hint: 'List the users to see the names',
  },
  noToken: {
    kind: 'notFound',
    message: 'API token "{id}" was not found',
    hint: 'List the tokens to see their ids',
  },
  badTokenName: {
    kind: 'invalid',
    message: 'The name of an API token needs 1 to 100 characters',
    hint: 'Name it for what uses it, for example "backup script"',
  },
  badSecretFile: {
    kind: 'corrupt',
    message: 'Secret file "{path}" is empty or damaged',
    hint: 'Delete it and start the server again: a new one is made',
  },
  corruptHash: {
    kind: 'corrupt',
    message: 'The stored password hash of user "{name}" is not an argon2id hash',
    hint: 'Set a new password on the server',
  },
});
