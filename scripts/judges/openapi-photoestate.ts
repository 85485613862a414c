import { createHash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { makeBracket } from '@repo/engine/test-pictures';
import { user } from '@repo/foundation/auth';
import { loadEnv } from '@repo/foundation/config';
import { serve } from '@repo/foundation/http';
import { createTestDatabase } from '@repo/foundation/testing';
import { createRuntime, PhotoestateEnv } from '@repo/photoestate';
import { createApiKey } from '../../packages/photoestate/src/api-key/manage.ts';
import { API_PATHS, createHttp, errorDocsOf } from '../../packages/photoestate/src/http.ts';
import { inspectPhoto } from '../../packages/photoestate/src/photo/inspect.ts';
import type { PhotoestateRuntime } from '../../packages/photoestate/src/runtime.ts';
import { regroupByJob } from '../../packages/photoestate/src/scene/regroup.ts';
import { seedUser } from '../../packages/photoestate/src/seed.ts';
import { jobRun } from '../../packages/photoestate/src/testing/world.ts';
import type { ServedSlipway } from '../../packages/slipway/src/testing/serve.ts';
import { freePort } from './program.ts';
import type { DescribedApi } from './schemathesis.ts';

/** PhotoEstate Pro on that Slipway, with a shoot of two frames, to be called by its description. */
export async function photoestateApi(slipway: ServedSlipway): Promise<DescribedApi> {
  const { key: slipwayKey } = await slipway.project(await slipway.tenant());
  const database = await createTestDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const runtime = await createRuntime(
    loadEnv(PhotoestateEnv, {
      DATABASE_URL: database.url,
      DATA_DIR: tmpdir(),
      PHOTOESTATE_SECRET: randomUUID() + randomUUID(),
      PHOTOESTATE_URL: url,
      SLIPWAY_URL: slipway.url,
      SLIPWAY_API_KEY: slipwayKey,
      ENCRYPTION_KEYS: `k1:${createHash('sha256').update('judge').digest('hex')}`,
      ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
      RATE_LIMIT_PER_KEY: 'off',
      RATE_LIMIT_PER_ORGANIZATION: 'off',
      LOG_LEVEL: 'error',
    }),
  );
  const server = await serve({
    app: createHttp(runtime, { stopping: false }),
    appPaths: API_PATHS,
    errorDocs: errorDocsOf(runtime.env),
    host: '127.0.0.1',
    port,
  });
  const key = await keyOf(runtime);
  const api = `${url}/api/v1`;
  return {
    name: 'PhotoEstate Pro',
    url: `${api}/openapi.json`,
    key,
    env: { JUDGE_IDS: JSON.stringify(await shootInto(runtime, { api, key })) },
    stillServes: async () =>
      (await fetch(`${api}/credits`, { headers: { authorization: `Bearer ${key}` } })).status ===
      200,
    async close() {
      await server.close(1_000);
      await runtime.close();
      await database.drop();
    },
  };
}

async function keyOf(runtime: PhotoestateRuntime): Promise<string> {
  const account = { email: 'judge@example.com', password: 'correct horse', name: 'Judge' };
  const { organizationId } = await seedUser(runtime, account);
  const [row] = await runtime.db.select({ id: user.id }).from(user);
  const actor = { type: 'user' as const, userId: row?.id ?? '', email: account.email };
  const ctx = runtime.context({ actor, requestId: 'judge', ip: null });
  const made = await createApiKey(ctx, { organizationId, name: 'Judge', scopes: ['admin'] });
  return made.key;
}

/** A listing with a scene that waits to be enhanced; the ids by what they are called in addresses. */
async function shootInto(
  runtime: PhotoestateRuntime,
  { api, key }: { api: string; key: string },
): Promise<Record<string, string>> {
  const post = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(`${api}${path}`, { method: 'POST', headers, body: sent });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const { id: listingId } = await post('/listings', { address: '1 Judge Street' });
  const system = { type: 'system' as const, job: 'judge' };
  const ctx = runtime.context({ actor: system, requestId: 'judge', ip: null });
  const photos = `/listings/${listingId}/photos`;
  let photoId = '';
  for (const { name, bytes } of await makeBracket({ width: 96, height: 64, evs: [0, -2] })) {
    const ticket = await post(photos, { name, size: bytes.length, type: 'image/jpeg' });
    const body = new Uint8Array(bytes);
    await fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body });
    ({ id: photoId } = await post(`${photos}/${ticket.uploadId}/complete`));
    await inspectPhoto(ctx, { photoId }, jobRun());
  }
  await regroupByJob(ctx, { listingId }, jobRun());
  const { batchId, started } = await post(`/listings/${listingId}/enhancements`, {});
  const [one] = started;
  return { listingId, photoId, batchId, sceneId: one.sceneId, enhancementId: one.id };
}
