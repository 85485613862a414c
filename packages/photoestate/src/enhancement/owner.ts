import type { Db, Tx } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { EnhancementStatus } from './schema.ts';
import type { EnhancementRow } from './table.ts';

/** A version and the scene that it shows. */
export interface OwnedVersion extends Record<string, unknown> {
  id: string;
  listingId: string;
  sceneId: string;
  status: EnhancementStatus;
  review: EnhancementRow['review'];
  /** Made from exactly the frames that the scene has now. */
  exact: boolean;
}

/**
 * Which scene each version shows, best first within a scene. A version belongs
 * to the photos that went in, not to a row: it shows the scene that holds most
 * of them, if they are most of that scene's frames too. So the photo of another
 * room never becomes a scene's result by merging, and undoing brings back each
 * scene's own. Work that is under way belongs to the scene it was started for.
 * What a person made the result again comes before what is newer than that.
 */
export async function ownedVersions(
  db: Db | Tx,
  { listingIds, enhancementId }: { listingIds: readonly string[]; enhancementId?: string },
): Promise<OwnedVersion[]> {
  if (listingIds.length === 0) return [];
  const listings = sql.join(
    listingIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const one = enhancementId === undefined ? sql`true` : sql`e.id = ${enhancementId}`;
  const { rows } = await db.execute<OwnedVersion>(sql`
    with living as (
      select p.id, p.scene_id from photo p
      where p.listing_id in (${listings}) and p.deleted_at is null and p.status = 'ready'
    ), frames as (
      select scene_id, count(*) as n from living where scene_id is not null group by scene_id
    ), shares as (
      select e.id, living.scene_id, count(*) as shared, sum(count(*)) over (partition by e.id) as inputs
      from enhancement e
      cross join jsonb_array_elements_text(e.input_photo_ids) as input(photo_id)
      join living on living.id = input.photo_id
      where e.listing_id in (${listings}) and ${one}
      group by e.id, living.scene_id
    ), owned as (
      select e.id, shares.scene_id, shares.shared = frames.n
          and shares.shared = jsonb_array_length(e.input_photo_ids) as exact
      from shares
      join frames on frames.scene_id = shares.scene_id
      join enhancement e on e.id = shares.id
      where e.status not in ('queued', 'running')
        and shares.shared * 2 > greatest(frames.n, shares.inputs)
      union all
      select e.id, e.scene_id, true from enhancement e
      where e.listing_id in (${listings}) and ${one} and e.status in ('queued', 'running')
    )
    select e.id, e.listing_id as "listingId", owned.scene_id as "sceneId", e.status, e.review,
      owned.exact
    from owned
    join enhancement e on e.id = owned.id
    join scene s on s.id = owned.scene_id and s.deleted_at is null
    order by s.position, s.id, e.status in ('queued', 'running') desc,
      (owned.exact or e.current_at is not null) desc, coalesce(e.current_at, e.created_at) desc, e.id desc`);
  return rows;
}

/** Whether it may be a scene's result. */
export function isResult({ status, review }: Pick<OwnedVersion, 'status' | 'review'>): boolean {
  return status === 'done' && review !== 'rejected';
}

/** Null when no scene holds most of what went in. */
export async function ownerOf(
  db: Db | Tx,
  version: { id: string; listingId: string },
): Promise<string | null> {
  const [owned] = await ownedVersions(db, {
    listingIds: [version.listingId],
    enhancementId: version.id,
  });
  return owned?.sceneId ?? null;
}
