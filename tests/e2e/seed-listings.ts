import pg from 'pg';
import { databaseUrl } from './seed-files.ts';

async function query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl('photoestate') });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Rows of photos in scenes of five, without bytes: a table has to be long, not true. */
export async function seedPhotos(listingId: string, number: number): Promise<void> {
  await query(
    `insert into scene (id, listing_id, position)
     select 'scn_' || md5($1 || n), $1, n from generate_series(1, $2::int / 5) n`,
    [listingId, number],
  );
  await query(
    `insert into photo (id, listing_id, scene_id, file_id, name, size, type, status, taken_at, ev, thumb_file_id,
       position, uploaded_by)
     select 'pho_' || md5($1 || n), $1, 'scn_' || md5($1 || ((n + 4) / 5)), 'file_' || md5($1 || n),
       'DSC_' || lpad(n::text, 5, '0') || '.jpg', 1, 'image/jpeg', 'ready', now() + n * interval '1 second',
       n % 5, 'file_none', n, 'x'
     from generate_series(1, $2::int) n`,
    [listingId, number],
  );
}

/** What was done to a listing, each as often as the server did it. */
export async function deedsOf(listingId: string): Promise<string[]> {
  const rows = await query<{ action: string }>(
    'select action from audit_entry where entity_id = $1 order by created_at, id',
    [listingId],
  );
  return rows.map(({ action }) => action);
}

/** Listings of whoever made this one, with addresses from "001 Oak Lane" on. */
export async function seedListings(like: string, number: number): Promise<void> {
  await query(
    `insert into listing (id, organization_id, address, mls_id, tags, created_by, created_at)
     select 'lst_' || md5($1 || n), organization_id, lpad(n::text, 3, '0') || ' Oak Lane', 'ML' || n,
       case when n % 10 = 0 then array['luxury'] else '{}'::text[] end, created_by,
       created_at - n * interval '1 minute'
     from listing, generate_series(1, $2::int) n where id = $1`,
    [like, number],
  );
}

/**
 * Single photos as many as that, each finished as the listing's first one is, whose pictures all of them show; every
 * third one upright.
 */
export async function seedFinished(listingId: string, number: number): Promise<void> {
  await query(
    `insert into scene (id, listing_id, position)
     select 'scn_' || md5($1 || n), $1, n from generate_series(2, $2::int) n`,
    [listingId, number],
  );
  await query(
    `insert into photo
     select made.* from photo, generate_series(2, $2::int) n,
       jsonb_populate_record(photo, jsonb_build_object('id', 'pho_' || md5($1 || n), 'file_id', 'file_' || md5($1 || n),
         'scene_id', 'scn_' || md5($1 || n), 'position', n)) made
     where photo.listing_id = $1`,
    [listingId, number],
  );
  await query(
    `insert into enhancement
     select made.* from enhancement, generate_series(2, $2::int) n,
       jsonb_populate_record(enhancement, jsonb_build_object('id', 'enh_' || md5($1 || n),
         'scene_id', 'scn_' || md5($1 || n), 'input_photo_ids', jsonb_build_array('pho_' || md5($1 || n)),
         'width', case when n % 3 = 0 then 640 else 960 end,
         'height', case when n % 3 = 0 then 960 else 640 end)) made
     where enhancement.listing_id = $1`,
    [listingId, number],
  );
}
