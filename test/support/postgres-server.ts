import { testPostgres } from './postgres.ts';

// One server for a whole run: prints its address and lives until the standard input ends.
const server = await testPostgres();
process.stdout.write(`${server.urlOf('postgres')}\n`);
process.stdin.on('end', () => process.exit()).resume();
