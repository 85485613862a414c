import type { Tx } from '@repo/foundation/db';
import { button, link, paragraph, table } from '@repo/foundation/mail';
import {
  dayInWords,
  type EndedDay,
  type Message,
  sendDailySummaries,
} from '@repo/foundation/notification';
import { member } from '@repo/foundation/organization';
import { inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { delivery, galleryComment } from '../gallery/table.ts';
import { listing } from '../listing/table.ts';
import { ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import { photo } from '../photo/table.ts';

/** In a mail. */
const MOST = 20;

/** Those who see listings; clients hear of what is delivered to them, and of nothing else. */
const READERS = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('listing.read'));

/** Handler of `notify.daily_summary`: what happened on somebody's listings. */
export function mailDailySummaries(ctx: Context): Promise<void> {
  return sendDailySummaries(ctx, async (tx, ended) => {
    const listings = await summarize(tx, ended);
    return listings.length === 0 ? null : messageOf(listings, ended, ctx.config.publicUrl);
  });
}

interface ListingDay extends Record<string, unknown> {
  id: string;
  address: string;
  uploaded: number;
  finished: number;
  failed: number;
  comments: number;
  approved: number;
}

/** Listings of a user's studios on which something happened, the busiest first. */
async function summarize(tx: Tx, ended: EndedDay): Promise<ListingDay[]> {
  const from = sql`${ended.from.toISOString()}::timestamptz`;
  const to = sql`${ended.to.toISOString()}::timestamptz`;
  const { rows } = await tx.execute<ListingDay>(sql`
    select l.id, l.address, came.uploaded, made.finished, made.failed, said.comments, agreed.approved
    from ${member} m
    join ${listing} l on l.organization_id = m.organization_id and l.deleted_at is null
    cross join lateral (
      select count(*)::int as uploaded from ${photo} p
      where p.listing_id = l.id and p.deleted_at is null
        and p.created_at >= ${from} and p.created_at < ${to}) came
    cross join lateral (
      select count(*) filter (where e.status = 'done')::int as finished,
        count(*) filter (where e.status = 'failed')::int as failed from ${enhancement} e
      where e.listing_id = l.id and e.finished_at >= ${from} and e.finished_at < ${to}) made
    cross join lateral (
      select count(*)::int as comments from ${galleryComment} c
      join ${delivery} d on d.id = c.delivery_id
      where d.listing_id = l.id and c.user_id is null
        and c.created_at >= ${from} and c.created_at < ${to}) said
    cross join lateral (
      select count(*)::int as approved from ${delivery} d
      where d.listing_id = l.id and d.decision = 'approved'
        and d.decided_at >= ${from} and d.decided_at < ${to}) agreed
    where m.user_id = ${ended.userId} and ${inArray(sql`m.role`, READERS)}
      and came.uploaded + made.finished + made.failed + said.comments + agreed.approved > 0
    order by made.finished + made.failed + came.uploaded desc, l.address, l.id`);
  return rows;
}

const counted = (count: number, one: string) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : `${one}s`}`;

function messageOf(
  listings: readonly ListingDay[],
  { day, timeZone }: EndedDay,
  url: string,
): Message {
  const sum = (pick: (each: ListingDay) => number) =>
    listings.reduce((total, each) => total + pick(each), 0);
  const failed = sum((each) => each.failed);
  const comments = sum((each) => each.comments);
  const facts = [
    `${counted(
      sum((each) => each.finished),
      'photo',
    )} finished`,
    ...(failed > 0 ? [`${counted(failed, 'photo')} failed`] : []),
    ...(comments > 0 ? [counted(comments, 'comment')] : []),
  ].join('; ');
  const more = listings.length - MOST;
  return {
    subject: `${dayInWords(day)}: ${facts}`,
    title: dayInWords(day),
    preview: facts,
    body: [
      paragraph(`What happened on your listings, by the clocks of ${timeZone}:`),
      table({
        head: ['Listing', 'Uploaded', 'Finished', 'Failed', 'Comments', 'Approved'],
        rows: listings
          .slice(0, MOST)
          .map(({ id, address, uploaded, finished, failed: lost, comments: said, approved }) => [
            link(`${url}/listings/${id}`, address),
            ...[uploaded, finished, lost, said].map((count) => count.toLocaleString('en-US')),
            approved > 0 ? 'yes' : '–',
          ]),
        numeric: true,
      }),
      ...(more > 0 ? [paragraph(`And ${counted(more, 'more listing')}.`)] : []),
      button(`${url}/listings`, 'Open the listings'),
    ],
  };
}
