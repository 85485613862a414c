import type { Tx } from '../db/index.ts';
import { link, type MailPart, renderMail, smallPrint, writeMail } from '../mail/index.ts';
import { noticeName } from '../organization/index.ts';
import type { NotificationContext } from './context.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { unsubscribeLinks } from './unsubscribe-link.ts';

export interface Message {
  subject: string;
  title: string;
  preview: string;
  body: readonly MailPart[];
}

/** Mails everybody in an organization whom it concerns; `about` names the occasion, which is told once. */
export async function mailOrganization(
  tx: Tx,
  ctx: NotificationContext,
  input: { organizationId: string; kind: string; about: string; message: Message },
): Promise<void> {
  const { organizationId, kind } = input;
  const told = await recipientsOf(tx, ctx, { organizationId, kinds: [kind], channel: 'mail' });
  for (const recipient of told) await mailUser(tx, ctx, { ...input, recipient });
}

export async function mailUser(
  tx: Tx,
  ctx: NotificationContext,
  input: { recipient: Recipient; kind: string; about: string; message: Message },
): Promise<void> {
  const { recipient, kind, about, message } = input;
  const { product, config } = ctx;
  const links = unsubscribeLinks(ctx, { userId: recipient.userId, kind });
  const content = await renderMail({
    ...message,
    brand: product.name,
    accent: product.accent,
    footer: [
      smallPrint(
        `You get this because “${noticeName(product, kind)}” is on. `,
        link(links.page, 'Turn it off'),
        ' or ',
        link(`${config.publicUrl}${product.noticesPath}`, 'choose what to be told'),
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
