import type { Caller, CallOptions } from './call.ts';

/** Something that happened in the project: what webhooks tell, too. */
export interface SlipwayEvent {
  /** The `webhook-id` of the deliveries that tell of it. */
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Events in their order, oldest first. */
export interface EventPage {
  readonly data: readonly SlipwayEvent[];
  /** Give it as `after` for what comes next; there is always one. */
  readonly nextCursor: string;
}

/** The project's events, for a key of the scope `admin`. */
export interface Events {
  /** What came after a cursor; without one the newest. Who follows the cursors misses none. */
  list(
    query?: { readonly after?: string | undefined; readonly limit?: number | undefined },
    options?: CallOptions,
  ): Promise<EventPage>;
}

export function createEvents(call: Caller): Events {
  return {
    list: (query = {}, more = {}) => call({ ...more, method: 'GET', path: 'events', query }),
  };
}
