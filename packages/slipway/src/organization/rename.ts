import {
  type RenameOrganization,
  renameOrganization as rename,
} from '@repo/foundation/organization';
import type { SlipwayContext } from '../context.ts';
import { requireOrganization } from '../permission.ts';

export async function renameOrganization(
  ctx: SlipwayContext,
  input: RenameOrganization,
): Promise<void> {
  await requireOrganization(ctx, input.organizationId, 'organization.manage');
  await rename(ctx, input);
}
