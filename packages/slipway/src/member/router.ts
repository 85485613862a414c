import { z } from 'zod';
import { anyId } from '../storable-text.ts';
import { procedure, router } from '../trpc.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRole } from './change-role.ts';
import { getInvitation } from './get-invitation.ts';
import { inviteMember } from './invite.ts';
import { leaveOrganization } from './leave.ts';
import { listMembers } from './list.ts';
import { removeMember } from './remove.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { ChangeRole, InvitationLink, InvitationRef, InviteMember, MemberRef } from './schema.ts';
import { transferOwnership } from './transfer-ownership.ts';

const ByOrganization = z.object({ organizationId: anyId });

export const memberRouter = router({
  list: procedure
    .input(ByOrganization)
    .query(({ ctx, input }) => listMembers(ctx, input.organizationId)),
  invite: procedure.input(InviteMember).mutation(({ ctx, input }) => inviteMember(ctx, input)),
  revokeInvitation: procedure
    .input(InvitationRef)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  changeRole: procedure.input(ChangeRole).mutation(({ ctx, input }) => changeRole(ctx, input)),
  remove: procedure.input(MemberRef).mutation(({ ctx, input }) => removeMember(ctx, input)),
  transfer: procedure.input(MemberRef).mutation(({ ctx, input }) => transferOwnership(ctx, input)),
  leave: procedure
    .input(ByOrganization)
    .mutation(({ ctx, input }) => leaveOrganization(ctx, input.organizationId)),
});

/** For whoever has the link, and is whom it is for. */
export const invitationRouter = router({
  get: procedure.input(InvitationLink).query(({ ctx, input }) => getInvitation(ctx, input)),
  accept: procedure
    .input(InvitationLink)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});
