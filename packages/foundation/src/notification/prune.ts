import { lt } from 'drizzle-orm';
import type { Db } from '../db/index.ts';
import { notice } from './table.ts';

const KEPT_MS = 90 * 86_400_000;

/** Handler of `notice.prune`: notices are kept for 90 days. */
export async function pruneNotices({ db, now }: { db: Db; now: () => Date }): Promise<void> {
  await db.delete(notice).where(lt(notice.createdAt, new Date(now().getTime() - KEPT_MS)));
}
