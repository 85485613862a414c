import { memberProcedures } from '@repo/foundation/member';
import { MEMBER_ROLES } from '../permission.ts';
import { procedure, router } from '../trpc.ts';

const { member, invitation } = memberProcedures(procedure, MEMBER_ROLES);

export const memberRouter = router(member);
export const invitationRouter = router(invitation);
