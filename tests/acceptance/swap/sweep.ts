import { expect } from 'vitest';
import { type Account, slipwayUrl } from '../slipway-account.ts';

/** Has the dashboard sweep and compare now; returns when that is done. */
export async function sweepNow({ cookie, projectId }: Account): Promise<void> {
  const began = Date.now();
  const headers = { cookie, origin: slipwayUrl(), 'content-type': 'application/json' };
  const started = await fetch(`${slipwayUrl()}/api/trpc/upkeep.start`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ json: { projectId } }),
  });
  expect(started.status).toBe(200);
  const input = encodeURIComponent(JSON.stringify({ json: { projectId } }));
  const lastRun = async (): Promise<number> => {
    const response = await fetch(`${slipwayUrl()}/api/trpc/upkeep.get?input=${input}`, { headers });
    const body = await response.json();
    return Date.parse(body.result.data.json.lastRun?.startedAt ?? 0);
  };
  await expect.poll(lastRun, { timeout: 60_000, interval: 500 }).toBeGreaterThanOrEqual(began);
}
