import { pino } from 'pino';
import type { Config } from '../config/index.ts';
import type { Logger } from '../kernel/index.ts';

/** Names under which a secret could reach the log, at the top and one level below. */
const secrets = ['password', 'token', 'secret', 'csrf', 'authorization', 'cookie'];

/** The server's log: JSON lines on stderr, written at once, without secrets. */
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
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
