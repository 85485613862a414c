import { lt } from 'drizzle-orm';
import type { Db } from '../db/index.ts';
import { mail } from './table.ts';

const KEPT_MS = 30 * 86_400_000;

/** Handler of `mail.prune`: mails are kept for 30 days. */
export async function pruneMails({ db, now }: { db: Db; now: () => Date }): Promise<void> {
  await db.delete(mail).where(lt(mail.createdAt, new Date(now().getTime() - KEPT_MS)));
}
