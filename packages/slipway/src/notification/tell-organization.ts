import type { Tx } from '@repo/foundation/db';
import { type Message, mailOrganization, tellInApp } from '@repo/foundation/notification';
import type { SlipwayContext } from '../context.ts';
import type { NOTICES } from './kinds.ts';

interface Telling {
  organizationId: string;
  kind: keyof typeof NOTICES;
  /** Names the occasion, which is told once. */
  about: string;
  /** The page that shows more, below the server's address. */
  path: `/${string}`;
  /** The mail; its subject and first words are what the notification centre shows. */
  message: (url: string) => Message;
}

/** By mail and in the app, as each of those whom it concerns chose. */
export async function tellOrganization(
  tx: Tx,
  ctx: SlipwayContext,
  { path, message, ...of }: Telling,
): Promise<void> {
  const mail = message(`${ctx.config.publicUrl}${path}`);
  await mailOrganization(tx, ctx, { ...of, message: mail });
  const { subject: title, preview: body } = mail;
  await tellInApp(tx, ctx, { ...of, title, body, path, action: 'Open' });
}
