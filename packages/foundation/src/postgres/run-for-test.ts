import { startEmbeddedPostgres } from './index.ts';

/** A process that holds a server until it is killed: what postgres.db.test.ts kills. */
const dataDir = process.argv[2] ?? '';
const server = await startEmbeddedPostgres({ dataDir, durable: false });
process.stdout.write(`${server.url('postgres')}\n`);
setInterval(() => undefined, 60_000);
