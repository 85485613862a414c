import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import type { Db, Tx } from '../db/index.ts';
import type { Logger } from '../telemetry/index.ts';

type Listener = (message: string) => void;

/**
 * Messages between processes over Postgres LISTEN/NOTIFY: a hint to look, never
 * the truth (the row is). Payloads stay under Postgres' limit of 8,000 bytes.
 */
export interface PubSub {
  /** Sent when the transaction commits; not at all when it rolls back. */
  publish(tx: Db | Tx, topic: string, message: unknown): Promise<void>;
  /** Returns the function that ends the subscription. */
  subscribe(topic: string, listener: (message: unknown) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = 'app_events';
const RECONNECT_MS = 1_000;

export function createPubSub(options: { url: string; log: Logger }): PubSub {
  const listeners = new Map<string, Set<Listener>>();
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** One connection, or one timer that will make it; never more, however the former one ended. */
  function connect(): void {
    timer = undefined;
    if (closed) return;
    const next = new Client({
      connectionString: options.url,
      application_name: 'pubsub',
      keepAlive: true,
    });
    client = next;
    const lost = (error?: unknown) => {
      if (client !== next) return;
      client = undefined;
      if (closed) return;
      options.log.warn({ err: error }, 'the listening connection was lost');
      timer = setTimeout(connect, RECONNECT_MS);
      timer.unref();
      next.end().catch(() => undefined);
    };
    next.on('error', lost);
    next.on('end', () => lost());
    next.on('notification', (notification) => dispatch(notification.payload ?? ''));
    next
      .connect()
      .then(() => next.query(`listen ${CHANNEL}`))
      .catch(lost);
  }

  function dispatch(payload: string): void {
    const split = payload.indexOf('\n');
    const topic = payload.slice(0, split);
    for (const listener of listeners.get(topic) ?? []) listener(payload.slice(split + 1));
  }

  connect();

  return {
    async publish(tx, topic, message) {
      await tx.execute(
        sql`select pg_notify(${CHANNEL}, ${`${topic}\n${JSON.stringify(message)}`})`,
      );
    },
    subscribe(topic, listener) {
      const wrapped: Listener = (message) => listener(JSON.parse(message));
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(wrapped));
      return () => {
        set.delete(wrapped);
        if (set.size === 0) listeners.delete(topic);
      };
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
