import { user } from '@repo/foundation/auth';
import { requireInstallationAdmin } from '@repo/foundation/installation';
import { member, organization } from '@repo/foundation/organization';
import { and, desc, eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { creditBalance } from '../credit/table.ts';
import { ListCreditHolders } from './schema.ts';

const PAGE = 50;

export interface CreditHolder {
  id: string;
  name: string;
  createdAt: Date;
  /** Of whoever has owned it for the longest. */
  ownerEmail: string | null;
  members: number;
  /** Null while it has not used anything yet: it gets what organizations begin with. */
  available: number | null;
  reserved: number | null;
}

/** All organizations that somebody belongs to, the newest first, with their credits. For admins of the installation. */
export async function listCreditHolders(
  ctx: Context,
  input: ListCreditHolders,
): Promise<{ items: CreditHolder[]; nextCursor: string | null }> {
  await requireInstallationAdmin(ctx);
  const { search, cursor } = ListCreditHolders.parse(input);
  const rows = await ctx.db
    .select({
      id: organization.id,
      name: organization.name,
      createdAt: organization.createdAt,
      available: creditBalance.available,
      reserved: creditBalance.reserved,
      ownerEmail: OWNER_EMAIL,
      members: MEMBERS,
    })
    .from(organization)
    .leftJoin(creditBalance, eq(creditBalance.organizationId, organization.id))
    .where(
      and(
        sql`${MEMBERS} > 0`,
        search ? matching(search) : undefined,
        cursor === undefined ? undefined : after(cursor),
      ),
    )
    .orderBy(desc(organization.createdAt), desc(organization.id))
    .limit(PAGE + 1);
  const items = rows.slice(0, PAGE);
  return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
}

const MEMBERS = sql<number>`(select count(*)::int from ${member} m
  where m.organization_id = ${organization.id})`;

const OWNER_EMAIL = sql<string | null>`(
  select u.email from ${member} m join ${user} u on u.id = m.user_id
  where m.organization_id = ${organization.id} and m.role = 'owner'
  order by m.created_at, u.id limit 1)`;

function matching(search: string): SQL | undefined {
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    eq(organization.id, search),
    ilike(organization.name, part),
    sql`exists (select 1 from ${member} m join ${user} u on u.id = m.user_id
      where m.organization_id = ${organization.id} and u.email ilike ${part})`,
  );
}

const after = (organizationId: string) =>
  sql`(${organization.createdAt}, ${organization.id}) < (
    select last.created_at, last.id from ${organization} last where last.id = ${organizationId})`;
