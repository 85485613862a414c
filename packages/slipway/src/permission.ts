import { type MemberRole, requireMember } from '@repo/foundation/organization';
import type { SlipwayContext } from './context.ts';
import { slipwayError } from './errors.ts';

/** What may be done within a project. */
const PROJECT_PERMISSIONS = [
  'file.read',
  'file.upload',
  'file.update',
  'file.delete',
  'project.read',
  'project.manage',
  'key.manage',
  'webhook.manage',
  'usage.read',
  'audit.read',
] as const;

/** What may be done with the organization itself. */
const ORGANIZATION_PERMISSIONS = [
  'member.manage',
  'organization.manage',
  /** To hand it to somebody else, or to end it. */
  'organization.transfer',
] as const;

export type ProjectPermission = (typeof PROJECT_PERMISSIONS)[number];
export type Permission = ProjectPermission | (typeof ORGANIZATION_PERMISSIONS)[number];

const ALL: readonly Permission[] = [...PROJECT_PERMISSIONS, ...ORGANIZATION_PERMISSIONS];

/** What each role may do. Verbs ask for permissions; a role is only a name for some of them. */
export const ROLE_PERMISSIONS: Readonly<Record<MemberRole, readonly Permission[]>> = {
  owner: ALL,
  admin: ALL.filter((permission) => permission !== 'organization.transfer'),
  developer: PROJECT_PERMISSIONS,
  viewer: ['file.read', 'project.read', 'usage.read'],
};

export const KEY_SCOPES = ['upload', 'read', 'delete', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** What an API key of a scope may do, in its own project. */
export const SCOPE_PERMISSIONS: Readonly<Record<KeyScope, readonly ProjectPermission[]>> = {
  upload: ['file.upload'],
  read: ['file.read', 'project.read', 'usage.read'],
  delete: ['file.delete'],
  admin: PROJECT_PERMISSIONS,
};

/** @throws `forbidden`, naming the permission, when the role does not have it. */
export function requireOfRole(role: MemberRole, permission: Permission): void {
  if (!ROLE_PERMISSIONS[role].includes(permission))
    throw forbidden(permission, `the role “${role}” does not have`);
}

/** @throws `forbidden`, naming the permission, when none of the key's scopes has it. */
export function requireOfScopes(scopes: readonly string[], permission: ProjectPermission): void {
  const mayDo = KEY_SCOPES.some(
    (scope) => scopes.includes(scope) && SCOPE_PERMISSIONS[scope].includes(permission),
  );
  if (!mayDo)
    throw forbidden(permission, `the scopes of this key (${scopes.join(', ')}) do not have`);
}

/**
 * For what belongs to an organization and to none of its projects: signed-in members only. To a
 * stranger the organization does not exist.
 */
export async function requireOrganization(
  ctx: SlipwayContext,
  organizationId: string,
  permission: Permission,
): Promise<MemberRole> {
  const role = await requireMember(ctx, organizationId);
  requireOfRole(role, permission);
  return role;
}

function forbidden(permission: Permission, why: string) {
  return slipwayError('forbidden', `This needs the permission “${permission}”, which ${why}.`, {
    details: { permission },
  });
}
