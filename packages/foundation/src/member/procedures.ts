import { z } from 'zod';
import { anyId } from '../organization/index.ts';
import { type Procedure, procedureFor } from '../trpc/index.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRole } from './change-role.ts';
import type { MemberContext } from './context.ts';
import { getInvitation } from './get-invitation.ts';
import { inviteMember } from './invite.ts';
import { leaveOrganization } from './leave.ts';
import { listMembers } from './list.ts';
import { removeMember } from './remove.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { ChangeRole, InvitationLink, InvitationRef, InviteMember, MemberRef } from './schema.ts';
import { transferOwnership } from './transfer-ownership.ts';

const ByOrganization = z.object({ organizationId: anyId });

/** Who belongs to an organization, in the roles of the product, and who is asked to. */
export function memberProcedures<R extends string, Has extends MemberContext<R>>(
  own: Procedure<Has>,
  roles: readonly R[],
) {
  const procedure = procedureFor<MemberContext<R>, Has>(own);
  const role = z.enum(roles, { error: `expected one of ${roles.join(', ')}` });
  const member = {
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
    transfer: procedure
      .input(MemberRef)
      .mutation(({ ctx, input }) => transferOwnership(ctx, input)),
    leave: procedure
      .input(ByOrganization)
      .mutation(({ ctx, input }) => leaveOrganization(ctx, input.organizationId)),
  };
  /** For whoever has the link, and is whom it is for. */
  const invitation = {
    get: procedure.input(InvitationLink).query(({ ctx, input }) => getInvitation(ctx, input)),
    accept: procedure
      .input(InvitationLink)
      .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
  };
  return { member, invitation };
}
