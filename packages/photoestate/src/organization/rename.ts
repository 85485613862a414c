import { type RenameOrganization, renameOrganization } from '@repo/foundation/organization';
import type { Context } from '../context.ts';
import { askForNewMarks } from '../gallery/mark-again.ts';

/** The name is what galleries are from where no sender name is set. */
export async function renameStudio(ctx: Context, input: RenameOrganization): Promise<void> {
  const { organizationId } = input;
  await renameOrganization(ctx, input, (tx) => askForNewMarks(tx, ctx, organizationId));
}
