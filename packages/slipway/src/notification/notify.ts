import type { Tx } from '@repo/foundation/db';
import { link, type MailPart, renderMail, smallPrint, writeMail } from '@repo/foundation/mail';
import type { SlipwayContext } from '../context.ts';
import { BRAND } from '../mail/brand.ts';
import { KINDS, type NotificationKind } from './kinds.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { unsubscribeLinks } from './unsubscribe-link.ts';

export interface Message {
  subject: string;
  title: string;
  preview: string;
  body: readonly MailPart[];
}

/** Tells everybody in an organization whom it concerns; `about` names the occasion, which is told once. */
export async function notifyOrganization(
  tx: Tx,
  ctx: SlipwayContext,
  input: { organizationId: string; kind: NotificationKind; about: string; message: Message },
): Promise<void> {
  for (const recipient of await recipientsOf(tx, ctx, input))
    await notifyUser(tx, ctx, { ...input, recipient });
}

export async function notifyUser(
  tx: Tx,
  ctx: SlipwayContext,
  input: { recipient: Recipient; kind: NotificationKind; about: string; message: Message },
): Promise<void> {
  const { recipient, kind, about, message } = input;
  const links = unsubscribeLinks(ctx, { userId: recipient.userId, kind });
  const content = await renderMail({
    ...message,
    brand: BRAND,
    footer: [
      smallPrint(
        `You get this because “${KINDS[kind].name}” is on. `,
        link(links.page, 'Turn it off'),
        ' or ',
        link(`${ctx.config.publicUrl}/settings/notifications`, 'choose what to be told'),
        '.',
      ),
    ],
  });
  await writeMail(tx, ctx, {
    kind,
    dedupKey: `${kind}:${about}:${recipient.userId}`,
    recipient: recipient.email,
    content,
    unsubscribeUrl: links.oneClick,
  });
}
