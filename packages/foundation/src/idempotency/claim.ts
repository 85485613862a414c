import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../db/index.ts';
import { apiError, appError } from '../errors/index.ts';
import { openAnswer, sealAnswer } from './seal-answer.ts';
import type { IdempotencyTable } from './table.ts';

/** One call with an `Idempotency-Key`. */
export interface OnceCall {
  db: Db;
  table: IdempotencyTable;
  ownerId: string;
  key: string;
  fingerprint: string;
  /** Nobody else's name. */
  holder: string;
  /** What answers are sealed with. */
  secret: string;
  /** What sealed answers are named for, so that no other use of the secret opens them. */
  sealedAs: string;
}

export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A process that says nothing for so long is taken for dead; a living one says so more often. */
export const LEASE_MS = 60_000;
export const KEPT_MS = 24 * 3_600_000;

const leaseUntil = () => new Date(Date.now() + LEASE_MS);
const SOON_SECONDS = 1;

/** The call is whose who claimed it to answer: since when somebody is at it, and whether for the first time. */
export interface Claimed {
  since: Date;
  again: boolean;
}

/**
 * What was answered before, or that the call is the caller's to answer.
 *
 * @throws `idempotency_key_reused`, `idempotency_in_progress`.
 */
export async function claim(call: OnceCall): Promise<KeptAnswer | Claimed> {
  for (;;) {
    const claimed = await take(call);
    if (claimed !== null) return claimed;
    const [found] = await call.db.select().from(call.table).where(isThis(call));
    // Its holder let it go meanwhile.
    if (found === undefined) continue;
    if (found.fingerprint !== call.fingerprint) throw reused();
    if (found.status === null) throw inProgress();
    const body = openAnswer(call, { sealed: found.body ?? '', row: rowOf(call) });
    if (body !== null) return { status: found.status, headers: found.headers ?? {}, body };
    throw appError(
      'conflict',
      'The first call with this Idempotency-Key was answered, but the answer cannot be read any more.',
    );
  }
}

/** Takes a key that is new, kept long enough, or held by somebody who died over the same call. */
async function take({
  db,
  table,
  ownerId,
  key,
  fingerprint,
  holder,
}: OnceCall): Promise<Claimed | null> {
  const now = new Date();
  const over = new Date(now.getTime() - KEPT_MS);
  const fresh = { fingerprint, holder, leaseUntil: leaseUntil(), createdAt: now };
  const taken = await db
    .insert(table)
    .values({ ownerId, key, ...fresh })
    .onConflictDoUpdate({
      target: [table.ownerId, table.key],
      set: {
        ...fresh,
        ...{ status: null, headers: null, body: null },
        // Of a call that is taken over its first beginning.
        createdAt: sql`case when ${table.createdAt} <= ${over.toISOString()}::timestamptz
          then excluded.created_at else ${table.createdAt} end`,
      },
      setWhere: sql`${table.createdAt} <= ${over.toISOString()}::timestamptz
        or (${table.status} is null and ${table.fingerprint} = ${fingerprint}
          and ${table.leaseUntil} <= ${now.toISOString()}::timestamptz)`,
    })
    .returning({ since: table.createdAt });
  const [claimed] = taken;
  return claimed ? { ...claimed, again: claimed.since.getTime() !== now.getTime() } : null;
}

export async function keepLease(call: OnceCall): Promise<void> {
  await call.db.update(call.table).set({ leaseUntil: leaseUntil() }).where(isMine(call));
}

/** False when somebody else took the call over meanwhile: the answer is theirs to give. */
export async function keepAnswer(
  call: OnceCall,
  answer: KeptAnswer,
  db: Pick<Db, 'update'> = call.db,
): Promise<boolean> {
  const body = sealAnswer(call, { body: answer.body, row: rowOf(call) });
  const kept = await db
    .update(call.table)
    .set({ ...answer, body })
    .where(isMine(call))
    .returning({ key: call.table.key });
  return kept.length > 0;
}

/** Nothing was done: the next call may begin anew. */
export async function letGo(call: OnceCall): Promise<void> {
  await call.db.delete(call.table).where(isMine(call));
}

const rowOf = ({ ownerId, key }: OnceCall) => `${ownerId}\n${key}`;

const isThis = ({ table, ownerId, key }: OnceCall) =>
  and(eq(table.ownerId, ownerId), eq(table.key, key));

const isMine = (call: OnceCall) => and(isThis(call), eq(call.table.holder, call.holder));

function reused() {
  return apiError(
    'idempotency_key_reused',
    'Expected the same path and body as the first call with this Idempotency-Key; use a new key for another call.',
  );
}

export function inProgress() {
  return apiError(
    'idempotency_in_progress',
    'The first call with this Idempotency-Key is not finished. Ask again in a moment.',
    { retryAfter: SOON_SECONDS },
  );
}
