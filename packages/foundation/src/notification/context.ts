import type { MailContext } from '../mail/index.ts';
import type { OrganizationContext } from '../organization/index.ts';
import type { UrlSigner } from '../url-signer/index.ts';

/** What is needed to tell members something. */
export interface NotificationContext
  extends OrganizationContext,
    Pick<MailContext, 'mailer' | 'queue'> {
  signer: UrlSigner;
  config: { publicUrl: string };
}
