import { user } from '@repo/foundation/auth';
import { requireOrganization } from '@repo/foundation/organization';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { lockBalance } from './internal.ts';
import { CreditsOf, ListCreditEntries } from './schema.ts';
import { type CreditEntryRow, creditEntry } from './table.ts';

export interface CreditEntry {
  id: number;
  kind: CreditEntryRow['kind'];
  credits: number;
  reserved: number;
  /** Null for the installation itself, and for people who left. */
  member: string | null;
  listingId: string | null;
  /** Null where the listing is gone. */
  address: string | null;
  note: string | null;
  createdAt: Date;
}

export interface CreditEntryPage {
  items: CreditEntry[];
  nextCursor: number | null;
}

const MOST_IN_CSV = 10_000;

/** The ledger, newest first. */
export async function listCreditEntries(
  ctx: Context,
  input: ListCreditEntries,
): Promise<CreditEntryPage> {
  const { organizationId, cursor, limit } = ListCreditEntries.parse(input);
  await requireOrganization(ctx, organizationId, 'credit.read');
  if (cursor === undefined) await bringUpToDate(ctx, organizationId);
  const items = await read(ctx, { organizationId, cursor, limit: limit + 1 });
  const page = items.slice(0, limit);
  return { items: page, nextCursor: items.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** The newest of it as a file for spreadsheets; `isWhole` is false when there is more. */
export async function exportCreditEntries(
  ctx: Context,
  input: CreditsOf,
): Promise<{ csv: string; isWhole: boolean }> {
  const { organizationId } = CreditsOf.parse(input);
  await requireOrganization(ctx, organizationId, 'credit.read');
  await bringUpToDate(ctx, organizationId);
  const items = await read(ctx, { organizationId, cursor: undefined, limit: MOST_IN_CSV + 1 });
  const lines = items
    .slice(0, MOST_IN_CSV)
    .map(({ createdAt, kind, credits, reserved, member, listingId, address, note }) =>
      [createdAt.toISOString(), kind, credits, reserved, member, listingId, address, note]
        .map(cell)
        .join(','),
    );
  const head = 'time,kind,credits,reserved,member,listing_id,address,note';
  return { csv: [head, ...lines, ''].join('\r\n'), isWhole: items.length <= MOST_IN_CSV };
}

/** What an organization begins with and what expired by now are entries, too, though nobody asked for a balance. */
async function bringUpToDate(ctx: Context, organizationId: string): Promise<void> {
  await ctx.db.transaction((tx) => lockBalance(tx, ctx, organizationId));
}

async function read(
  ctx: Context,
  of: { organizationId: string; cursor: number | undefined; limit: number },
): Promise<CreditEntry[]> {
  const { id, kind, credits, reserved, listingId, note, createdAt } = creditEntry;
  return ctx.db
    .select({
      ...{ id, kind, credits, reserved, listingId, note, createdAt },
      member: user.name,
      address: listing.address,
    })
    .from(creditEntry)
    .leftJoin(user, eq(user.id, creditEntry.userId))
    .leftJoin(listing, and(eq(listing.id, creditEntry.listingId), isNull(listing.deletedAt)))
    .where(
      and(
        eq(creditEntry.organizationId, of.organizationId),
        of.cursor === undefined ? undefined : lt(creditEntry.id, of.cursor),
      ),
    )
    .orderBy(desc(creditEntry.id))
    .limit(of.limit);
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
