import {
  acceptInvitation,
  ChangeRole,
  changeRole,
  getInvitation,
  InvitationLink,
  InvitationRef,
  InviteMember,
  inviteMember,
  leaveOrganization,
  MemberRef,
  removeMember,
  revokeInvitation,
  transferOwnership,
} from '@repo/foundation/member';
import { z } from 'zod';
import { ROLES } from '../permission.ts';
import { procedure, router } from '../trpc.ts';
import { listMembers } from './list.ts';

const role = z.enum(ROLES, { error: `expected one of ${ROLES.join(', ')}` });
const ByOrganization = z.object({ organizationId: z.string().max(200) });

export const memberRouter = router({
  list: procedure
    .input(ByOrganization)
    .query(({ ctx, input }) => listMembers(ctx, input.organizationId)),
  invite: procedure
    .input(InviteMember.extend({ role }))
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  revokeInvitation: procedure
    .input(InvitationRef)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  changeRole: procedure
    .input(ChangeRole.extend({ role }))
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
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
