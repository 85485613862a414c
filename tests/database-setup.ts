import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@repo/foundation/postgres';

/** One throw-away server for the whole run; createTestDatabase() cuts each test file its own piece. */
export default async function startTestDatabase(): Promise<() => Promise<void>> {
  if (process.env['TEST_DATABASE_URL']) return async () => undefined;
  const folder = await mkdtemp(join(tmpdir(), 'test-postgres-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  process.env['TEST_DATABASE_URL'] = server.url('postgres');
  return async () => {
    delete process.env['TEST_DATABASE_URL'];
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
