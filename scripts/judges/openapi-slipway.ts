import { createHash } from 'node:crypto';
import { readyFile } from '../../packages/slipway/src/testing/ready-file.ts';
import { type ServedSlipway, serveTestSlipway } from '../../packages/slipway/src/testing/serve.ts';
import type { DescribedApi } from './schemathesis.ts';

/** Everything but jobs, as it is served to others. */
export const serveSlipway = (): Promise<ServedSlipway> =>
  serveTestSlipway({
    LOG_LEVEL: 'error',
    ENCRYPTION_KEYS: `k1:${createHash('sha256').update('judge').digest('hex')}`,
    ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
  });

/** Slipway with a project and some files, to be called by its description. */
export async function slipwayApi(slipway: ServedSlipway): Promise<DescribedApi> {
  const tenant = await slipway.tenant();
  const { id: projectId, key } = await slipway.project(tenant);
  for (const text of ['one', 'two', 'three']) {
    await readyFile(slipway, { tenant, projectId, bytes: Buffer.from(text) });
  }
  const ask = (path: string) =>
    fetch(`${slipway.url}/api${path}`, { headers: { authorization: `Bearer ${key}` } });
  const [own] = ((await (await ask('/keys')).json()) as { data: { id: string }[] }).data;
  return {
    name: 'Slipway',
    url: `${slipway.url}/api/openapi.json`,
    key,
    env: { JUDGE_KEY_ID: own?.id ?? '' },
    stillServes: async () => (await ask('/project')).status === 200,
    close: async () => undefined,
  };
}
