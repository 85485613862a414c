import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});
afterAll(() => world.close());

test('an address cannot delete what gets ready while it is given up', async () => {
  const { tus } = await world.project();
  const metadata = { filename: 'note.txt', filetype: 'text/plain' };
  const created = await tus.create({ length: 5, metadata });
  const id = created.headers.get('slipway-file-id') ?? '';
  const { db } = world.runtime;
  let giving: ReturnType<typeof tus.remove> | undefined;
  await db.transaction(async (tx) => {
    await tx.update(file).set({ status: 'ready', readyAt: new Date() }).where(eq(file.id, id));
    giving = tus.remove(created.url);
    const waiting = sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await db.execute(waiting)).rowCount).toBe(1);
  });
  expect(await giving).toMatchObject({ status: 409, code: 'upload_closed' });
  const [row] = await db.select().from(file).where(eq(file.id, id));
  expect(row?.status).toBe('ready');
});
