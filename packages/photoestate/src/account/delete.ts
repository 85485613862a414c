import { deleteAccount as end } from '@repo/foundation/account';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { endOrganization } from '../organization/end.ts';
import { setPictureIn } from '../profile/set-picture.ts';
import { savedView } from '../saved-view/table.ts';

/** Ends the signed-in user's account, with the organizations and photos that are theirs alone. */
export async function deleteAccount(ctx: Context, input: { confirmEmail: string }): Promise<void> {
  await end(ctx, input, {
    endOrganization: (tx, organizationId) => endOrganization(tx, ctx, organizationId),
    endPerson: async (tx, userId) => {
      await setPictureIn(tx, ctx, null);
      await tx.delete(savedView).where(eq(savedView.userId, userId));
    },
  });
}
