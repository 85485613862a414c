import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { CREDIT_PLANS, STARTING_PLAN } from './plans.ts';
import { type CreditEntryRow, creditBalance, creditEntry, creditGrant } from './table.ts';

export type Clock = Pick<Context, 'now' | 'startingCredits'>;

export interface Balance {
  /** What may be spent. */
  available: number;
  /** What work under way holds. */
  reserved: number;
}

export interface Grant {
  organizationId: string;
  credits: number;
  expiresAt: Date | null;
  /** The same one is granted once. */
  reference: string;
  userId: string;
  note: string | null;
}

/**
 * Lets an organization's credits change one transaction after another, and tells them. To be called last of
 * all locks: whoever holds it waits for nobody. An organization that is new here gets what it begins with,
 * and what expired by now goes, so that nothing expired is ever spent.
 */
export async function lockBalance(tx: Tx, ctx: Clock, organizationId: string): Promise<Balance> {
  const made = await tx
    .insert(creditBalance)
    .values({ organizationId })
    .onConflictDoNothing()
    .returning({ organizationId: creditBalance.organizationId });
  if (made.length > 0) await grantStart(tx, ctx, organizationId);
  else await readBalance(tx, organizationId, { lock: true });
  await expireDue(tx, ctx, organizationId);
  return readBalance(tx, organizationId, { lock: false });
}

async function readBalance(
  tx: Tx,
  organizationId: string,
  { lock }: { lock: boolean },
): Promise<Balance> {
  const { available, reserved } = creditBalance;
  const query = tx
    .select({ available, reserved })
    .from(creditBalance)
    .where(eq(creditBalance.organizationId, organizationId));
  const [row] = await (lock ? query.for('update') : query);
  if (row === undefined) throw appError('internal', 'The balance of credits is not there.');
  return row;
}

async function grantStart(tx: Tx, ctx: Clock, organizationId: string): Promise<void> {
  const { credits, days, title } = CREDIT_PLANS[STARTING_PLAN];
  const expiresAt = days === null ? null : new Date(ctx.now().getTime() + days * 86_400_000);
  await addGrant(tx, ctx, {
    organizationId,
    credits: ctx.startingCredits ?? credits,
    expiresAt,
    reference: 'start',
    userId: 'system',
    note: ctx.startingCredits === undefined ? title : 'To begin with',
  });
}

/** Under the lock of the balance. False when the reference was granted before. */
export async function addGrant(tx: Tx, ctx: Clock, grant: Grant): Promise<boolean> {
  const { organizationId, credits, expiresAt, reference, userId, note } = grant;
  const createdAt = ctx.now();
  const entry = { organizationId, reference, userId, note, createdAt } as const;
  if (!(await addEntry(tx, { ...entry, kind: 'grant', credits, reserved: 0 }))) return false;
  const id = newId('grt');
  await tx
    .insert(creditGrant)
    .values({ id, organizationId, credits, remaining: credits, expiresAt, createdAt });
  return true;
}

type NewEntry = typeof creditEntry.$inferInsert;

/** The entry and the balance that follows from it. False when it is in the ledger already. */
export async function addEntry(tx: Tx, entry: NewEntry): Promise<boolean> {
  const added = await tx
    .insert(creditEntry)
    .values(entry)
    .onConflictDoNothing()
    .returning({ id: creditEntry.id });
  if (added.length === 0) return false;
  await tx
    .update(creditBalance)
    .set({
      available: sql`${creditBalance.available} + ${entry.credits}`,
      reserved: sql`${creditBalance.reserved} + ${entry.reserved}`,
    })
    .where(eq(creditBalance.organizationId, entry.organizationId));
  return true;
}

/** Under the lock of the balance. */
async function expireDue(tx: Tx, ctx: Clock, organizationId: string): Promise<void> {
  const now = ctx.now();
  const due = await tx
    .select()
    .from(creditGrant)
    .where(
      and(
        eq(creditGrant.organizationId, organizationId),
        gt(creditGrant.remaining, 0),
        lte(creditGrant.expiresAt, now),
      ),
    );
  for (const { id, remaining } of due) {
    await tx.update(creditGrant).set({ remaining: 0 }).where(eq(creditGrant.id, id));
    await addEntry(tx, {
      organizationId,
      kind: 'expire',
      // What is given back to a grant later expires another time, of which there may be more at one moment.
      reference: `${id}@${newId('exp')}`,
      credits: -remaining,
      reserved: 0,
      userId: 'system',
      createdAt: now,
    });
  }
}

/** Under the lock of the balance: what the ledger says of one reservation. */
export async function reservationOf(
  tx: Tx,
  { organizationId, reference }: Reservation,
): Promise<{ row: CreditEntryRow; settled: boolean; released: boolean }> {
  const rows = await tx
    .select()
    .from(creditEntry)
    .where(
      and(eq(creditEntry.organizationId, organizationId), eq(creditEntry.reference, reference)),
    );
  const row = rows.find(({ kind }) => kind === 'reserve');
  if (row === undefined) throw appError('internal', `Nothing was reserved as "${reference}".`);
  const has = (kind: CreditEntryRow['kind']) => rows.some((entry) => entry.kind === kind);
  return { row, settled: has('settle'), released: has('release') };
}

export interface Reservation {
  organizationId: string;
  reference: string;
}
