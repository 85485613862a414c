import { setTimeout as sleep } from 'node:timers/promises';
import { type EventPage, type Slipway, SlipwayError } from 'slipway/server';
import type { Cli } from './cli.ts';

const POLL_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Hands on every page of events that comes after a cursor, until somebody stops it. While Slipway is
 * not there it waits for it; a key that is refused ends it.
 */
export async function follow(
  { cli, slipway, after }: { cli: Cli; slipway: Slipway; after: string },
  onPage: (page: EventPage) => Promise<void>,
): Promise<never> {
  let cursor = after;
  let failures = 0;
  for (;;) {
    try {
      const page = await slipway.events.list({ after: cursor, limit: 100 }, { signal: cli.signal });
      if (failures > 0) cli.out.note('Connected again.');
      failures = 0;
      await onPage(page);
      cursor = page.nextCursor;
      if (page.data.length > 0) continue;
    } catch (error) {
      cli.signal.throwIfAborted();
      const isPassing =
        error instanceof SlipwayError &&
        (error.status === 0 || error.status === 429 || error.status >= 500);
      if (!isPassing) throw error;
      if (failures === 0) cli.out.note(`${error.message} Waiting for it.`);
      failures += 1;
    }
    const wait = failures === 0 ? POLL_MS : Math.min(LONGEST_WAIT_MS, POLL_MS * 2 ** failures);
    await sleep(wait, undefined, { signal: cli.signal });
  }
}
