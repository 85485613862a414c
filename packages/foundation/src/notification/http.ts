import type { Context } from 'hono';
import type { HttpApp, KernelEnv } from '../http/index.ts';
import type { NotificationContext } from './context.ts';
import { unsubscribe } from './unsubscribe.ts';

/**
 * One-click unsubscribe (RFC 8058): mailboxes POST here without a session. Whoever follows the address
 * gets a page with a button, because what reads mails for viruses follows addresses, too.
 */
export function mountUnsubscribe(
  app: HttpApp,
  context: (c: Context<KernelEnv>) => NotificationContext,
): void {
  const queryOf = (c: Context<KernelEnv>) => new URL(c.req.url).search;
  app.get('/api/unsubscribe', (c) => c.redirect(`/unsubscribe${queryOf(c)}`, 302));
  app.post('/api/unsubscribe', async (c) => {
    const { kind } = await unsubscribe(context(c), new URLSearchParams(queryOf(c)));
    const byPerson = (c.req.header('accept') ?? '').includes('text/html');
    if (byPerson) return c.redirect(`/unsubscribe?done=${kind}`, 303);
    return c.json({ unsubscribed: kind });
  });
}
