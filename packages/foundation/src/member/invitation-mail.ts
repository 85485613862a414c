import {
  button,
  link,
  paragraph,
  type Rendered,
  renderMail,
  smallPrint,
  strong,
} from '../mail/index.ts';

interface InvitationMail {
  /** The product's name. */
  brand: string;
  accent?: string | undefined;
  organizationName: string;
  /** Null where they are gone: the organization invites then. */
  invitedByName: string | null;
  role: string;
  expiresAt: Date;
  url: string;
}

export function invitationMail(input: InvitationMail): Promise<Rendered> {
  const { brand, accent, organizationName, invitedByName, role, expiresAt, url } = input;
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return renderMail({
    ...{ brand, accent },
    subject:
      invitedByName === null
        ? `${organizationName} invites you to ${brand}`
        : `${invitedByName} invites you to ${organizationName} on ${brand}`,
    title: 'You are invited',
    preview: `As ${role}, until ${until}.`,
    body: [
      paragraph(
        ...(invitedByName === null
          ? [strong(organizationName), ' invites you to the organization']
          : [strong(invitedByName), ' invites you to the organization ', strong(organizationName)]),
        ` on ${brand}, as ${role}. The link is good until ${until}, once, for an account with this address.`,
      ),
      button(url, 'See the invitation'),
      smallPrint('If the button does not work, open this address: ', link(url, url)),
    ],
    footer: [
      smallPrint('You do not know them? Then do nothing: this mail is the only one about it.'),
    ],
  });
}
