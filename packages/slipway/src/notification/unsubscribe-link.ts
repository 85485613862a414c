import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { NOTIFICATION_KINDS, type NotificationKind } from './kinds.ts';

const PURPOSE = 'unsubscribe';
const PATH = '/unsubscribe';
/** Mails are read late. The link can do nothing but this one thing. */
const GOOD_FOR_MS = 730 * 86_400_000;

/** Both are good for one user and one kind; only a POST changes anything. */
export function unsubscribeLinks(
  { config, signer, now }: Pick<SlipwayContext, 'config' | 'signer' | 'now'>,
  { userId, kind }: { userId: string; kind: NotificationKind },
): { page: string; oneClick: string } {
  const signed = signer.sign({
    purpose: PURPOSE,
    path: PATH,
    params: { user: userId, kind },
    expires: Math.floor((now().getTime() + GOOD_FOR_MS) / 1000),
  });
  return { page: `${config.publicUrl}${signed}`, oneClick: `${config.publicUrl}/api${signed}` };
}

/** @throws `url_invalid`, `url_expired`. */
export function readUnsubscribeLink(
  { signer, now }: Pick<SlipwayContext, 'signer' | 'now'>,
  query: URLSearchParams,
): { userId: string; kind: NotificationKind } {
  const params = signer.verify({ purpose: PURPOSE, path: PATH, query, now: now() });
  const kind = NOTIFICATION_KINDS.find((each) => each === params['kind']);
  const userId = params['user'];
  if (kind === undefined || userId === undefined)
    throw slipwayError('url_invalid', 'This kind of mail is not sent any more.');
  return { userId, kind };
}
