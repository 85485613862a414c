import { randomBytes } from 'node:crypto';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { keyRing, type Sealed, unseal } from '@repo/foundation/sealing';
import { eq, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { armCallback } from '../callback/arm.ts';
import type { SlipwayContext } from '../context.ts';
import { requestUpload } from '../file/request-upload.ts';
import { sealCredentials } from '../storage-connection/credentials.ts';
import { storageConnection } from '../storage-connection/table.ts';
import type { TestSlipway } from '../testing/index.ts';
import { createUploadthingKey } from '../uploadthing/create-key.ts';
import { uploadthingKey } from '../uploadthing/table.ts';
import { createWebhook, rollSecret } from '../webhook/manage.ts';
import { KEYS, startWithWebhooks } from '../webhook/testing/clocked.ts';
import { reseal, SEALED_COLUMNS } from './reseal.ts';

let slipway: TestSlipway;
beforeAll(async () => {
  slipway = await startWithWebhooks();
});
afterAll(() => slipway.close());

const nameOf = (column: PgColumn) => `${getTableName(column.table)}.${column.name}`;

const isSealed = (column: PgColumn) => {
  try {
    return column.columnType === 'PgCustomColumn' && column.mapToDriverValue('plain') === null;
  } catch {
    return true;
  }
};

/** Of all tables of both packages, by looking. */
async function sealedColumns(): Promise<string[]> {
  const found = new Set<string>();
  const packages = join(import.meta.dirname, '../../..');
  for await (const path of glob('{slipway,foundation}/src/*/table.ts', { cwd: packages })) {
    const tables: object[] = Object.values(await import(join(packages, path)));
    for (const table of tables) {
      if (!is(table, PgTable)) continue;
      for (const column of Object.values(getTableColumns(table)))
        if (isSealed(column)) found.add(nameOf(column));
    }
  }
  return [...found].sort();
}

test('no sealed column is forgotten', async () => {
  const columns = await sealedColumns();
  expect(columns.length).toBeGreaterThanOrEqual(5);
  expect(SEALED_COLUMNS.map(({ column }) => nameOf(column)).sort()).toEqual(columns);
});

/** A row with every sealed column that there is. */
async function sealOneOfEach(): Promise<{ ctx: SlipwayContext; callback: string }> {
  const tenant = await slipway.tenant();
  const { ctx } = tenant;
  const { id: projectId } = await slipway.project(tenant);
  const { keys } = ctx.buckets;
  if (keys === null) throw new Error('tests have keys');
  const id = 'sto_of_test';
  await ctx.db.insert(storageConnection).values({
    ...{ id, projectId, name: 'Test', address: { bucket: 'b' } as never, updatedAt: ctx.now() },
    ...sealCredentials(keys, { id, credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' } }),
  });
  const url = 'http://127.0.0.1:9/';
  const { id: endpointId } = await createWebhook(ctx, { projectId, url });
  await rollSecret(ctx, { projectId, endpointId, overlapSeconds: 3600 });
  await createUploadthingKey(ctx, { projectId });
  const upload = { name: 'a.bin', size: 3, type: 'application/octet-stream' };
  const { id: fileId } = await requestUpload(ctx, { projectId, upload });
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await ctx.db.transaction((tx) =>
    armCallback(tx, ctx, { fileId, callback: { url, secret, data: '' } }),
  );
  return { ctx, callback: secret };
}

const valuesOf = async (ctx: SlipwayContext, { column, boundTo }: (typeof SEALED_COLUMNS)[0]) => {
  const { rows } = await ctx.db.execute<{ id: string; sealed: string }>(
    sql`select ${boundTo} as id, ${column} as sealed from ${column.table} where ${column} is not null`,
  );
  return rows;
};

test('the newest key seals all that older ones sealed, and the older ones may go', async () => {
  const { ctx, callback } = await sealOneOfEach();
  const fresh = `k2:${randomBytes(32).toString('hex')}`;
  const withKeys = (text: string) => {
    const keys = keyRing.parse(text);
    return { ...ctx, buckets: { ...ctx.buckets, keys } };
  };
  const before = await Promise.all(SEALED_COLUMNS.map((each) => valuesOf(ctx, each)));
  // One that nobody opens any more is left as it is, and keeps no other from being sealed.
  const lost = 'v1.lost.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA';
  await ctx.db.insert(uploadthingKey).values({
    ...{ id: 'utk_0', secret: lost as unknown as Sealed, hash: 'none', last4: '0000' },
    projectId: (await ctx.db.select().from(uploadthingKey))[0]?.projectId ?? '',
  });
  expect(await reseal(withKeys(`${fresh},${KEYS}`))).toBe(SEALED_COLUMNS.length);
  expect(await reseal(withKeys(`${fresh},${KEYS}`))).toBe(0);
  const { keys: newest } = withKeys(fresh).buckets;
  for (const [index, each] of SEALED_COLUMNS.entries()) {
    const old = before[index] ?? [];
    expect(old, nameOf(each.column)).toHaveLength(1);
    const after = (await valuesOf(ctx, each)).filter(({ sealed }) => sealed !== lost);
    expect(after).toHaveLength(1);
    for (const { id, sealed } of after) {
      expect(sealed, nameOf(each.column)).toMatch(/^v1\.k2\./);
      const opened = unseal(newest, { sealed: sealed as unknown as Sealed, boundTo: id });
      if (nameOf(each.column) === 'upload_callback.secret') expect(opened).toBe(callback);
    }
  }
  const [row] = await ctx.db.select().from(uploadthingKey).where(eq(uploadthingKey.id, 'utk_0'));
  expect(String(row?.secret)).toBe(lost);
});
