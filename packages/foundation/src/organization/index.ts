export { createOrganization, ensurePersonalOrganization } from './create.ts';
export { listOrganizations, type OrganizationSummary } from './list.ts';
export {
  CHANNELS,
  type Channel,
  isRoleOf,
  missingPermission,
  type NoticeKind,
  noticeName,
  type Product,
  requirePermission,
  requireScope,
  roleIn,
} from './product.ts';
export { renameOrganization } from './rename.ts';
export {
  type OrganizationContext,
  requireMember,
  requireOrganization,
  requireUser,
} from './require-member.ts';
export { anyId, CreateOrganization, RenameOrganization } from './schema.ts';
export { member, organization } from './table.ts';
