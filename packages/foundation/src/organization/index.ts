export { createOrganization, ensurePersonalOrganization } from './create.ts';
export { listOrganizations, type OrganizationSummary } from './list.ts';
export { renameOrganization } from './rename.ts';
export { requireAdmin, requireMember, requireUser } from './require-member.ts';
export { CreateOrganization, RenameOrganization } from './schema.ts';
export { MEMBER_ROLES, type MemberRole, member, organization } from './table.ts';
