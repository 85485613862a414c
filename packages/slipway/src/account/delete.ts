import { deleteAccount as end } from '@repo/foundation/account';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { endOrganization } from '../organization/delete.ts';
import { savedView } from '../saved-view/table.ts';

/** Ends the signed-in user's account, with the organizations, projects and files that are theirs alone. */
export async function deleteAccount(
  ctx: SlipwayContext,
  input: { confirmEmail: string },
): Promise<void> {
  await end(ctx, input, {
    endOrganization: async (tx, organizationId) => {
      await endOrganization(tx, ctx, organizationId);
    },
    endPerson: async (tx, userId) => {
      await tx.delete(savedView).where(eq(savedView.userId, userId));
    },
  });
}
