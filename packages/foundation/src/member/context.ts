import type { Tx } from '../db/index.ts';
import type { MailContext } from '../mail/index.ts';
import type { OrganizationContext } from '../organization/index.ts';
import type { UrlSigner } from '../url-signer/index.ts';

/** What the verbs about members and invitations need. */
export interface MemberContext<R extends string = string>
  extends OrganizationContext<R>,
    Omit<MailContext, 'now'> {
  signer: UrlSigner;
  /** Where invitations lead to. */
  config: { publicUrl: string };
  /** Who mails about an organization say they are from; without it the product. */
  senderNameOf?: ((tx: Tx, organizationId: string) => Promise<string | undefined>) | undefined;
}
