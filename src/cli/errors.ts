import { defineErrors } from '../kernel/index.ts';

export const cliErrors = defineErrors('cli', {
  unknownCommand: {
    kind: 'invalid',
    message: 'Command "{name}" does not exist',
    hint: 'Did you mean "{nearest}"? "holdfast help" lists all commands',
  },
  unknownOption: {
    kind: 'invalid',
    message: 'Option "{option}" does not exist here',
    hint: '"holdfast help {command}" lists the options',
  },
  optionFirst: {
    kind: 'invalid',
    message: 'Option "{option}" stands before the command',
    hint: 'Write it after: "holdfast {command} … {option}"',
  },
  missingArgument: {
    kind: 'invalid',
    message: 'Argument "{argument}" is missing',
    hint: '"holdfast help {command}" shows how the command is written',
  },
  usage: {
    kind: 'invalid',
    message: 'The command is not understood: {detail}',
    hint: '"holdfast help {command}" shows how the command is written',
  },
  badNumber: {
    kind: 'invalid',
    message: '{option} is "{value}", which is no whole number above 0',
    hint: 'Write a number such as 50',
  },
  badChoice: {
    kind: 'invalid',
    message: '{option} is "{value}", which is none of the choices',
    hint: 'Choose one of: {choices}',
  },
  unreadableFile: {
    kind: 'invalid',
    message: 'File "{path}" cannot be read: {detail}',
    hint: 'Check how it is spelled and who may read it',
  },
  noLinks: {
    kind: 'invalid',
    message: 'No link was read from the standard input',
    hint: 'Give one link on each line',
  },
  notALink: {
    kind: 'invalid',
    message: '"{folder}" is a folder or an archive of images, not a link',
    hint: 'Take it in with "holdfast import {folder}"; its releases and images become snapshots',
  },
  otherImport: {
    kind: 'invalid',
    message: 'Option "{option}" does not fit what lies in "{folder}"',
    hint: '--trust, --repair and --report are for bundles; --tag and --as for folders and archives of images',
  },
  onlyFromRegistry: {
    kind: 'invalid',
    message: 'Option "{option}" is only for an image that is read from a registry',
    hint: 'Choose platforms when the image is kept ("holdfast add --platform"), or name the source as docker://…',
  },
  nothingSelected: {
    kind: 'invalid',
    message: 'Nothing is named that is to be carried',
    hint: 'Name links, tags with --tag, or everything with --all',
  },
  nothingToChange: {
    kind: 'invalid',
    message: 'Nothing is to be changed',
    hint: 'Name tags with --add or --remove',
  },
  noMatch: {
    kind: 'notFound',
    message: 'Nothing has the id "{ref}"',
    hint: '"holdfast list" and "holdfast show <link>" show the ids; the first characters are enough while only one id has them',
  },
  ambiguous: {
    kind: 'invalid',
    message: 'Several ids begin with "{ref}": {matches}',
    hint: 'Write more of the id',
  },
  noBytes: {
    kind: 'notFound',
    message: 'Snapshot "{snapshot}" kept no bytes: its verdict is "{verdict}"',
    hint: 'Take another one with "holdfast snapshot {link} --wait"',
  },
  notMade: {
    kind: 'unavailable',
    message: 'The PDF of snapshot "{snapshot}" could not be made: {detail}',
    hint: 'Try again, or take it in another form: html, wacz',
  },
  binaryToTerminal: {
    kind: 'invalid',
    message: 'Format "{format}" is not text and would garble the terminal',
    hint: 'Write it to a file with -o, or send it through a pipe',
  },
  writeFailed: {
    kind: 'unavailable',
    message: 'Writing "{path}" failed: {detail}',
    hint: 'Nothing was left there; choose another place with -o',
  },
  interrupted: {
    kind: 'cancelled',
    message: 'Interrupted',
    hint: 'Nothing is lost: the same command goes on where it was; "holdfast serve" takes snapshots that still wait',
  },
  missingAnswers: {
    kind: 'invalid',
    message: 'Nobody can be asked here, and some answers are missing: {options}',
    hint: 'Give them as options, or run it at a terminal',
  },
  planExists: {
    kind: 'conflict',
    message: 'Plan "{path}" is not written: {detail}',
    hint: 'Name another file with --to, or overwrite it with --force',
  },
  emptyPassword: {
    kind: 'invalid',
    message: 'No password was given',
    hint: 'Type it, or send it as one line to the standard input',
  },
  passwordsDiffer: {
    kind: 'invalid',
    message: 'The two passwords differ',
    hint: 'Try again',
  },
  noUserYet: {
    kind: 'notFound',
    message: 'There is no user yet whose token it could be',
    hint: 'Make one with "holdfast user add <name>"',
  },
  whichUser: {
    kind: 'invalid',
    message: 'There are several users: {names}',
    hint: 'Name one with --user',
  },
  badFile: {
    kind: 'invalid',
    message: '--file is "{value}"; it takes a path of the plan, an equals sign and a link',
    hint: 'For example: --file rhcos.raw.gz=01m83te79g',
  },
  noFile: {
    kind: 'invalid',
    message: 'Snapshot "{snapshot}" is not of a file',
    hint: 'Name a link to a file, see "holdfast list"',
  },
});
