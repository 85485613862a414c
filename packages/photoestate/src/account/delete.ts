import { deleteAccount as end } from '@repo/foundation/account';
import type { Context } from '../context.ts';
import { endOrganization } from '../organization/end.ts';
import { endPicture } from '../profile/set-picture.ts';

/** Ends the signed-in user's account, with the organizations and photos that are theirs alone. */
export async function deleteAccount(ctx: Context, input: { confirmEmail: string }): Promise<void> {
  await end(ctx, input, {
    endOrganization: (tx, organizationId) => endOrganization(tx, ctx, organizationId),
    endPerson: (tx, userId) => endPicture(tx, ctx, userId),
  });
}
