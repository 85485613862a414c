import { Client, DatabaseError } from 'pg';

const CHANNEL = 'app_locks';
/** How often the connection is asked for a sign of life, and how long any answer may take. */
const PATIENCE_MS = 5_000;

/**
 * How soon Postgres ends the session of a peer that vanished without a word: after 25 s. That peer
 * has given its locks up by then, because it noticed within twice `PATIENCE_MS`.
 */
const SESSION_SETTINGS = [
  'set tcp_keepalives_idle = 10',
  'set tcp_keepalives_interval = 5',
  'set tcp_keepalives_count = 3',
  'set idle_session_timeout = 0',
].join('; ');

/** What processes tell each other about a lock. */
export type LockMessage =
  /** Somebody waits: say when it is free. */
  | 'want'
  /** Somebody waits and asks the holder to let go. */
  | 'ask'
  /** The holder let go. */
  | 'free';

export interface LockSession {
  /** True once its locks may belong to others. */
  isOver(): boolean;
  /** True when this session has the lock now. Otherwise `message` went to whoever has it. */
  tryLock(key: string, message: 'want' | 'ask'): Promise<boolean>;
  unlock(key: string, announce: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface LockSessionOptions {
  url: string;
  patienceMs?: number | undefined;
  /** From other processes only. */
  onMessage(message: LockMessage, key: string): void;
  /** The session is over, and with it every lock that it held. Called once, and not by `close`. */
  onLost(cause: unknown): void;
}

const TRY_LOCK = `
  with attempt as materialized (select pg_try_advisory_lock($1::bigint) as got)
  select got, case when got then null else pg_notify('${CHANNEL}', $2)::text end as told
  from attempt`;

const UNLOCK = 'select pg_advisory_unlock($1::bigint)';
const UNLOCK_AND_TELL = `
  select pg_advisory_unlock($1::bigint), pg_notify('${CHANNEL}', 'free:' || $1::bigint)::text`;

/**
 * Connects the one session that holds all advisory locks of this process. They are re-entrant
 * inside a session, so whoever uses this keeps a table of what it holds.
 */
export async function openLockSession(options: LockSessionOptions): Promise<LockSession> {
  const { url, patienceMs = PATIENCE_MS } = options;
  const client = new Client({
    connectionString: url,
    application_name: 'locks',
    keepAlive: true,
    connectionTimeoutMillis: patienceMs,
  });
  let ready = false;
  let over = false;
  const end = async () => {
    over = true;
    clearInterval(pinging);
    await client.end().catch(() => undefined);
  };
  const lost = (cause: unknown) => {
    if (over) return;
    void end();
    if (ready) options.onLost(cause);
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('the connection that holds the locks has ended')));
  client.on('notification', ({ processId, payload = '' }) => {
    // Postgres sends a session its own messages, too.
    if (processId === Reflect.get(client, 'processID')) return;
    const [message, key = ''] = payload.split(':');
    if (message === 'want' || message === 'ask' || message === 'free')
      options.onMessage(message, key);
  });

  /** Without an answer in time nobody knows what is held, so the session counts as lost. */
  async function ask(text: string, values?: string[]): Promise<Record<string, unknown>[]> {
    if (over) throw new Error('the connection that holds the locks has ended');
    try {
      return (await inTime(client.query(text, values), patienceMs)).rows;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.severity === 'FATAL') lost(error);
      throw error;
    }
  }

  let latest: Promise<unknown> = Promise.resolve();
  /** One after the other, as the driver wants it. */
  function query(text: string, values?: string[]): Promise<Record<string, unknown>[]> {
    const answer = latest.then(() => ask(text, values));
    latest = answer.catch(() => undefined);
    return answer;
  }

  const ping = () => void query('select 1').catch(() => undefined);
  const pinging = setInterval(ping, patienceMs).unref();
  try {
    await client.connect();
    await query(`${SESSION_SETTINGS}; listen ${CHANNEL}`);
  } catch (error) {
    await end();
    throw error;
  }
  ready = true;
  return {
    isOver: () => over,
    async tryLock(key, message) {
      const [row] = await query(TRY_LOCK, [key, `${message}:${key}`]);
      return row?.['got'] === true;
    },
    async unlock(key, announce) {
      await query(announce ? UNLOCK_AND_TELL : UNLOCK, [key]);
    },
    close: end,
  };
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = () => reject(new Error(`Postgres gave no answer within ${ms} ms`));
    // After a pause of this very process the answer may be there, unread: one look first.
    const timer = setTimeout(() => setImmediate(late), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
