import { pino } from 'pino';
import type { Config } from '../config/index.ts';
import type { Logger } from '../kernel/index.ts';

/** Names under which a secret could reach the log, at the top and one level below. */
const secrets = ['password', 'token', 'secret', 'csrf', 'authorization', 'cookie'];

/** What JSON leaves as it is and a terminal may obey: DEL, C1 controls, and marks that turn the direction of the line. */
const obeyed = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The server's log: JSON lines on stderr, written at once, without secrets and without what a terminal would obey. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '…',
      },
      hooks: {
        streamWrite: (line) =>
          line.replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
