import type { JobRun } from '@repo/foundation/jobs';
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { brandingOf } from '../organization/branding.ts';
import { markOf, PROOF, PROOF_BEFORE } from './copies.ts';
import { askForCopiesOf, isLocked } from './internal.ts';
import { isSizeName } from './sizes.ts';
import { delivery } from './table.ts';

const LOOK_BACK_MS = 7 * 24 * 3_600_000;
/** Copies that were asked for just now are on their way. */
const YOUNG_MS = 10 * 60_000;
/** Deliveries that are looked at together. */
const PIECE = 200;

/** Handler of `delivery.recover`: asks again for copies that nobody makes any more. */
export async function recoverCopies(ctx: Context, _: object, { signal }: JobRun): Promise<void> {
  const marks = new Map<string, string>();
  const markOfOrganization = async (id: string) => {
    const mark = marks.get(id) ?? markOf(await brandingOf(ctx.db, id));
    marks.set(id, mark);
    return mark;
  };
  let after: OpenDelivery | undefined;
  do {
    signal.throwIfAborted();
    const rows = await openDeliveries(ctx, after);
    const wanted: Wanted[] = [];
    for (const row of rows) {
      const mark = isLocked(row) ? await markOfOrganization(row.organizationId) : '';
      const kinds = isLocked(row) ? [PROOF, PROOF_BEFORE] : row.sizes.filter(isSizeName);
      wanted.push(...kinds.map((kind) => ({ delivery_id: row.id, kind, mark })));
    }
    for (const photo of await withoutCopies(ctx, wanted)) {
      ctx.log.warn({ photoId: photo.id }, 'copies of a delivered photo were missing');
      await askForCopiesOf(ctx.db, ctx, photo);
    }
    after = rows.length < PIECE ? undefined : rows.at(-1);
  } while (after !== undefined);
}

type OpenDelivery = Awaited<ReturnType<typeof openDeliveries>>[number];

/** The next after this one, the oldest first. */
async function openDeliveries(ctx: Context, after: { id: string; updatedAt: Date } | undefined) {
  const now = ctx.now().getTime();
  const { id, organizationId, watermark, paidAt, sizes, updatedAt } = delivery;
  return ctx.db
    .select({ id, organizationId, watermark, paidAt, sizes, updatedAt })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(
      and(
        isNull(listing.deletedAt),
        isNull(delivery.revokedAt),
        or(isNull(delivery.expiresAt), gt(delivery.expiresAt, ctx.now())),
        gt(updatedAt, new Date(now - LOOK_BACK_MS)),
        lt(updatedAt, new Date(now - YOUNG_MS)),
        after &&
          or(gt(updatedAt, after.updatedAt), and(eq(updatedAt, after.updatedAt), gt(id, after.id))),
      ),
    )
    .orderBy(asc(updatedAt), asc(id))
    .limit(PIECE);
}

interface Wanted {
  delivery_id: string;
  kind: string;
  mark: string;
}

/** Photos that lack one of the copies that `wantedCopies` says they need. */
async function withoutCopies(ctx: Context, wanted: readonly Wanted[]) {
  if (wanted.length === 0) return [];
  const { rows } = await ctx.db.execute<{ id: string; position: number }>(sql`
    with wanted as materialized (
      select * from json_to_recordset(${JSON.stringify(wanted)}::json)
        as w (delivery_id text, kind text, mark text)
    )
    select dp.id, dp.position
    from delivery_photo dp
    join enhancement e on e.id = dp.enhancement_id
    where dp.delivery_id in (select delivery_id from wanted) and exists (
      select 1 from wanted w
      cross join lateral (
        select case when w.kind = ${PROOF_BEFORE} then (${exposureBeside()}) else e.result_file_id end as file_id
      ) source
      where w.delivery_id = dp.delivery_id and source.file_id is not null and not exists (
        select 1 from delivery_copy c
        where c.source_file_id = source.file_id and c.kind = w.kind and c.mark = w.mark))
    order by dp.delivery_id, dp.position`);
  return rows;
}

/** The preview of the frame that `deliveredPhotos` lays beside a photo: the middle one by its exposure. */
const exposureBeside = () => sql`
  select preview_file_id from (
    select p.preview_file_id, count(p.ev) over () as known, count(*) over () as n,
      row_number() over (order by p.ev desc nulls last, i.place) as by_ev,
      row_number() over (order by i.place) as by_place
    from jsonb_array_elements_text(e.input_photo_ids) with ordinality as i (photo_id, place)
    join photo p on p.id = i.photo_id
    where p.deleted_at is null and p.preview_file_id is not null
  ) frame
  where case when known > 0 then by_ev = (known - 1) / 2 + 1 else by_place = (n - 1) / 2 + 1 end`;
