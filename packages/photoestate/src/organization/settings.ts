import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { organization, requireOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { askForNewMarks } from '../gallery/mark-again.ts';
import { discardFilesJob } from '../work/jobs.ts';
import { brandingOf } from './branding.ts';
import { colorProblem } from './colors.ts';
import { logoUrl } from './logo.ts';
import { OrganizationSettingsOf, UpdateOrganizationSettings } from './schema.ts';
import { type OrganizationSettingsRow, organizationSettings } from './table.ts';

export interface OrganizationSettings {
  organizationId: string;
  name: string;
  /** Null while the organization's own name is used. */
  senderName: string | null;
  logoUrl: string | null;
  accentColor: string | null;
  backgroundColor: string | null;
  watermarkUntilPaid: boolean;
  brandedGalleries: boolean;
}

/** How an organization looks to its clients, for those who may change it. */
export async function getOrganizationSettings(
  ctx: Context,
  input: OrganizationSettingsOf,
): Promise<OrganizationSettings> {
  const { organizationId } = OrganizationSettingsOf.parse(input);
  await requireOrganization(ctx, organizationId, 'organization.manage');
  const { name, senderName, logoFileId, ...rest } = await brandingOf(ctx.db, organizationId);
  return {
    ...rest,
    name,
    senderName: senderName === name ? null : senderName,
    logoUrl: logoUrl(organizationId, logoFileId),
  };
}

export async function updateOrganizationSettings(
  ctx: Context,
  input: UpdateOrganizationSettings,
): Promise<void> {
  const { organizationId, ...change } = UpdateOrganizationSettings.parse(input);
  await requireOrganization(ctx, organizationId, 'organization.manage');
  await ctx.db.transaction(async (tx) => {
    const before = await lockSettings(tx, organizationId);
    const after = { ...before, ...withoutUndefined(change) };
    const problem = colorProblem(after.accentColor, after.backgroundColor);
    if (problem !== null) throw appError('validation_failed', problem);
    await write(tx, ctx, { before, after });
  });
}

/** Takes this file as the logo, or none; the one before is removed. */
export async function setLogo(
  ctx: Context,
  { organizationId, fileId }: { organizationId: string; fileId: string | null },
): Promise<void> {
  await requireOrganization(ctx, organizationId, 'organization.manage');
  await ctx.db.transaction(async (tx) => {
    const before = await lockSettings(tx, organizationId);
    if (before.logoFileId === fileId) return;
    await write(tx, ctx, { before, after: { ...before, logoFileId: fileId } });
    if (before.logoFileId === null) return;
    const fileIds = [before.logoFileId];
    await ctx.queue.enqueue(tx, discardFilesJob, { payload: { fileIds } });
  });
}

/** One change after another, each seeing what the one before left. */
async function lockSettings(tx: Tx, organizationId: string): Promise<OrganizationSettingsRow> {
  await tx.insert(organizationSettings).values({ organizationId }).onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(organizationSettings)
    .where(eq(organizationSettings.organizationId, organizationId))
    .for('update');
  if (row === undefined) throw appError('internal', 'The settings could not be read.');
  return row;
}

interface Change {
  before: OrganizationSettingsRow;
  after: OrganizationSettingsRow;
}

async function write(tx: Tx, ctx: Context, { before, after }: Change): Promise<void> {
  const { organizationId } = before;
  const changed = (Object.keys(after) as (keyof OrganizationSettingsRow)[]).filter(
    (name) => after[name] !== before[name],
  );
  if (changed.length === 0) return;
  await tx
    .update(organizationSettings)
    .set({ ...after, updatedAt: ctx.now() })
    .where(eq(organizationSettings.organizationId, organizationId));
  if (changed.includes('senderName')) await askForNewMarks(tx, ctx, organizationId);
  const only = (row: OrganizationSettingsRow) =>
    Object.fromEntries(changed.map((name) => [name, row[name]]));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'organization.settings_changed',
    entityId: organizationId,
    data: { before: only(before), after: only(after) },
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Defined<T>;
}

/** Who mails about an organization say they are from; undefined for the product itself. */
export async function senderNameOf(
  tx: Pick<Tx, 'select'>,
  organizationId: string,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ name: organization.name, senderName: organizationSettings.senderName })
    .from(organization)
    .innerJoin(organizationSettings, eq(organizationSettings.organizationId, organization.id))
    .where(eq(organization.id, organizationId));
  return row?.senderName ?? undefined;
}
