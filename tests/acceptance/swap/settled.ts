import { setTimeout as wait } from 'node:timers/promises';
import { type Account, slipwayUrl } from '../slipway-account.ts';

const MOST_ASKED = 60;

/** Asks again, as a client does that was told "still verifying", until the file is one thing or the other. */
export async function settled(account: Account, id: string): Promise<void> {
  for (let asked = 0; asked < MOST_ASKED; asked += 1) {
    const response = await fetch(`${slipwayUrl()}/api/upload-complete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    if (response.status >= 500) throw new Error(`Completing answered ${await response.text()}`);
    if (response.status !== 202) return;
    await wait(Number(response.headers.get('retry-after') ?? 1) * 1_000);
  }
  throw new Error(`"${id}" was still verifying after it was asked about ${MOST_ASKED} times.`);
}
