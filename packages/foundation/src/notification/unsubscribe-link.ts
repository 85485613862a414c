import { appError } from '../errors/index.ts';
import type { NotificationContext } from './context.ts';

const PURPOSE = 'unsubscribe';
const PATH = '/unsubscribe';
/** Mails are read late. The link can do nothing but this one thing. */
const GOOD_FOR_MS = 730 * 86_400_000;

/** Both are good for one user and one kind; only a POST changes anything. */
export function unsubscribeLinks(
  { config, signer, now }: Pick<NotificationContext, 'config' | 'signer' | 'now'>,
  { userId, kind }: { userId: string; kind: string },
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
  { signer, now, product }: Pick<NotificationContext, 'signer' | 'now' | 'product'>,
  query: URLSearchParams,
): { userId: string; kind: string } {
  const params = signer.verify({ purpose: PURPOSE, path: PATH, query, now: now() });
  const { kind = '', user: userId } = params;
  if (!Object.hasOwn(product.notices, kind) || userId === undefined)
    throw appError('url_invalid', 'This kind of mail is not sent any more.');
  return { userId, kind };
}
