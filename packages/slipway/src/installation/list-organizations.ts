import { user } from '@repo/foundation/auth';
import { requireInstallationAdmin } from '@repo/foundation/installation';
import { member, organization } from '@repo/foundation/organization';
import { and, desc, eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { escapeLike } from '../file/search.ts';
import { type HeldPlan, heldPlan } from '../plan/held-plan.ts';
import { organizationPlan } from '../plan/table.ts';
import { project } from '../project/table.ts';
import { projectUsage, usageEntry } from '../usage/table.ts';
import { ListInstallationOrganizations } from './schema.ts';

const PAGE = 50;

export interface InstallationOrganization {
  id: string;
  name: string;
  createdAt: Date;
  /** Of whoever has owned it for the longest; null where nobody is a member. */
  ownerEmail: string | null;
  plan: Pick<HeldPlan, 'name' | 'title'>;
  hasOwnLimits: boolean;
  members: number;
  projects: number;
  bytes: number;
  storageBytes: number | null;
}

/** All organizations of the installation, the newest first, with what they use. For its admins. */
export async function listInstallationOrganizations(
  ctx: SlipwayContext,
  input: ListInstallationOrganizations,
): Promise<{ data: InstallationOrganization[]; nextCursor: string | null }> {
  await requireInstallationAdmin(ctx);
  const { search, plan, cursor } = ListInstallationOrganizations.parse(input);
  const planName = sql`coalesce(${organizationPlan.plan}, ${ctx.config.defaultPlan})`;
  const rows = await ctx.db
    .select({
      id: organization.id,
      name: organization.name,
      createdAt: organization.createdAt,
      plan: organizationPlan.plan,
      limits: organizationPlan.limits,
      ownerEmail: OWNER_EMAIL,
      members: sql<number>`(select count(*)::int from ${member} m
        where m.organization_id = ${organization.id})`,
      projects: sql<number>`(select count(*)::int from ${project} p
        where p.organization_id = ${organization.id} and p.deleted_at is null)`,
      bytes: STORED_BYTES,
    })
    .from(organization)
    .leftJoin(organizationPlan, eq(organizationPlan.organizationId, organization.id))
    .where(
      and(
        search ? matching(search) : undefined,
        plan === undefined ? undefined : sql`${planName} = ${plan}`,
        cursor === undefined ? undefined : after(cursor),
      ),
    )
    .orderBy(desc(organization.createdAt), desc(organization.id))
    .limit(PAGE + 1);
  const data = rows.slice(0, PAGE).map(({ plan: given, limits, bytes, ...row }) => {
    const { name, title, storageBytes } = heldPlan(given ?? ctx.config.defaultPlan, limits);
    return {
      ...row,
      plan: { name, title },
      hasOwnLimits: limits !== null,
      bytes: Number(bytes),
      storageBytes,
    };
  });
  return { data, nextCursor: rows.length > PAGE ? (data.at(-1)?.id ?? null) : null };
}

const OWNER_EMAIL = sql<string | null>`(
  select u.email from ${member} m join ${user} u on u.id = m.user_id
  where m.organization_id = ${organization.id} and m.role = 'owner'
  order by m.created_at, u.id limit 1)`;

/** The sum that quotas are decided by, but for uploads on their way. */
const STORED_BYTES = sql<string>`(
  select coalesce(sum(coalesce(total.bytes, 0) + coalesce(fresh.bytes, 0)), 0)
  from ${project} p
  left join ${projectUsage} total on total.project_id = p.id
  left join lateral (
    select sum(e.bytes) as bytes from ${usageEntry} e
    where e.project_id = p.id and e.counted_at is null
  ) fresh on true
  where p.organization_id = ${organization.id} and p.deleted_at is null)`;

function matching(search: string): SQL | undefined {
  const part = `%${escapeLike(search)}%`;
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
