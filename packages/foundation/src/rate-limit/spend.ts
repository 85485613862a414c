import type { Db } from '../db/index.ts';
import type { Budget, Grant } from './budget.ts';

export interface Wish {
  budget: Budget;
  /** Negative to give back. */
  wanted: number;
}

/** An answer that takes longer is no answer: requests wait for it. */
const TIMEOUT_MS = 500;

/**
 * A token bucket for each key. Rows are taken in the order of their keys, so that two processes never
 * wait for each other crosswise, and the clock is the database's alone.
 */
const SPEND = {
  name: 'rate_budget_spend',
  text: `
  with given as (
    select * from json_to_recordset($1::json)
      as given (key text, wanted integer, quota integer, seconds integer)
  )
  insert into rate_budget as held (key, spent, at, quota, window_seconds, wanted, granted)
  select key, greatest(0, least(wanted, quota)), now(), quota, seconds, wanted, least(wanted, quota)
    from given order by key
  on conflict (key) do update set
    quota = excluded.quota,
    window_seconds = excluded.window_seconds,
    wanted = excluded.wanted,
    at = greatest(held.at, now()),
    granted = least(excluded.wanted, greatest(0, ${available()})),
    spent = greatest(0, ${left()} + least(excluded.wanted, greatest(0, ${available()})))
  returning key, granted, spent`,
};

/** What is still spent by now. */
function left(): string {
  return `greatest(0, held.spent
    - extract(epoch from greatest(held.at, now()) - held.at) * excluded.quota / excluded.window_seconds)`;
}

function available(): string {
  return `floor(excluded.quota - ${left()} + 1e-6)::integer`;
}

/** Spends of each of these budgets as much as there is; every key comes once. */
export async function spend(db: Db, wishes: readonly Wish[]): Promise<Map<string, Grant>> {
  const given = wishes.map(({ budget, wanted }) => ({
    key: budget.key,
    wanted,
    quota: budget.quota,
    seconds: budget.windowSeconds,
  }));
  const statement = { ...SPEND, values: [JSON.stringify(given)], query_timeout: TIMEOUT_MS };
  const { rows } = await db.$client.query<{ key: string } & Grant>(statement);
  return new Map(rows.map(({ key, granted, spent }) => [key, { granted, spent }]));
}
