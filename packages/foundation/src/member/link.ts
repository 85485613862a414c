import { AppError, appError } from '../errors/index.ts';
import type { MemberContext } from './context.ts';
import type { InvitationLink } from './schema.ts';
import type { InvitationRow } from './table.ts';

const PURPOSE = 'invitation';
const pathOf = (id: string) => `/invitations/${id}`;

/** Where an invitation is accepted, by whom it is for, once. */
export function invitationUrl(ctx: MemberContext, { id, expiresAt }: InvitationRow): string {
  const path = ctx.signer.sign({
    purpose: PURPOSE,
    path: pathOf(id),
    params: {},
    expires: Math.floor(expiresAt.getTime() / 1000),
  });
  return `${ctx.config.publicUrl}${path}`;
}

/** @throws `invitation_invalid`. */
export function checkInvitationLink(ctx: MemberContext, link: InvitationLink): void {
  const { invitationId, expires, signature } = link;
  const query = new URLSearchParams({ expires, signature });
  try {
    ctx.signer.verify({ purpose: PURPOSE, path: pathOf(invitationId), query, now: ctx.now() });
  } catch (error) {
    const over = error instanceof AppError && error.code === 'url_expired';
    throw invalidInvitation(
      over ? 'This invitation is over.' : 'This is no invitation of ours: use the link as given.',
      error,
    );
  }
}

export const invalidInvitation = (message: string, cause?: unknown) =>
  appError('invitation_invalid', `${message} Ask for a new one.`, { cause });
