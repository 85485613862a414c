import type { Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import type { NotificationContext } from './context.ts';
import { tellNoticeJob } from './jobs.ts';
import { type NoticeRow, notice } from './table.ts';

export interface NewNotice<K extends string = string> {
  organizationId: string;
  kind: K;
  /** Another kind that it is as well: whoever has either of them on is told, once. */
  alsoKind?: K | undefined;
  /** Names the occasion, such as the id of a comment: it is told once, however often this is called. */
  about: string;
  /** A line; in mails the subject. */
  title: string;
  /** A sentence or two. */
  body: string;
  /** The page that shows more. */
  path: `/${string}`;
  /** What the link to it says, such as `Open the gallery`. */
  action: string;
  /** Users who are told, when their role lets them be; left out: everybody whose role does. */
  recipients?: readonly string[] | undefined;
}

const MOST_OF_TITLE = 150;
const MOST_OF_BODY = 1_000;

/**
 * Tells members of something, by mail and in the app, as each of them chose: a row in the transaction of
 * what happened, and the job that tells. False when this occasion was told before.
 */
export async function notify(
  tx: Tx,
  ctx: Pick<NotificationContext, 'product' | 'queue' | 'now'>,
  input: NewNotice,
): Promise<boolean> {
  const added = await addNotice(tx, ctx, input);
  if (added === undefined) return false;
  await ctx.queue.enqueue(tx, tellNoticeJob, { payload: { noticeId: added.id } });
  return true;
}

/** The row; undefined when this occasion was told before. */
export async function addNotice(
  tx: Tx,
  ctx: Pick<NotificationContext, 'product' | 'now'>,
  input: NewNotice & { toldAt?: Date; mailedAt?: Date },
): Promise<NoticeRow | undefined> {
  const { kind, alsoKind, about, title, body, recipients, ...rest } = input;
  for (const each of [kind, ...(alsoKind === undefined ? [] : [alsoKind])])
    if (!Object.hasOwn(ctx.product.notices, each))
      throw new Error(`no notice of this product is called "${each}"`);
  const [added] = await tx
    .insert(notice)
    .values({
      ...rest,
      id: newId('ntc'),
      kind,
      alsoKind: alsoKind ?? null,
      about: `${kind}:${about}`,
      title: shortened(title, MOST_OF_TITLE),
      body: shortened(body, MOST_OF_BODY),
      recipients: recipients === undefined ? null : [...new Set(recipients)],
      createdAt: ctx.now(),
    })
    .onConflictDoNothing({ target: notice.about })
    .returning();
  return added;
}

const shortened = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
