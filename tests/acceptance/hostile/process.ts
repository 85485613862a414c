import { expect } from 'vitest';
import { slipwayUrl } from '../slipway-account.ts';

/** When the process behind the address began: another number is another process. */
export async function processStart(url = slipwayUrl()): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const line = /^process_start_time_seconds\S* (\S+)$/m.exec(metrics);
  if (line?.[1] === undefined) throw new Error('the metrics do not say when the process began');
  return line[1];
}

/** Nobody died of what was sent, and everybody still works. */
export async function expectUnharmed(startedAt: string, url = slipwayUrl()): Promise<void> {
  expect(await processStart(url)).toBe(startedAt);
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready' });
}
