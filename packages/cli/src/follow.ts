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
      if (failures > 0) cli.out.tell({ type: 'connected' }, () => 'Connected again.');
      failures = 0;
      await onPage(page);
      cursor = page.nextCursor;
      if (page.data.length > 0) continue;
    } catch (error) {
      cli.signal.throwIfAborted();
      if (!(error instanceof SlipwayError) || !isPassing(error)) throw error;
      const { code, message } = error;
      if (failures === 0)
        cli.out.tell({ type: 'disconnected', code, message }, () => `${message} Waiting for it.`);
      failures += 1;
    }
    const wait = failures === 0 ? POLL_MS : Math.min(LONGEST_WAIT_MS, POLL_MS * 2 ** failures);
    await sleep(wait, undefined, { signal: cli.signal });
  }
}

/** A proxy in front of a Slipway that starts anew may answer in words of its own. */
const isPassing = ({ status, code }: SlipwayError) =>
  status === 0 || status === 429 || status >= 500 || code === 'unexpected_answer';
