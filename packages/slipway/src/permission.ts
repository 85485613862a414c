import { missingPermission, type Product, requirePermission } from '@repo/foundation/organization';
import { NOTICES } from './notification/kinds.ts';

export const MEMBER_ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

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

export const SLIPWAY: Product<MemberRole, Permission> = {
  name: 'Slipway',
  roles: ROLE_PERMISSIONS,
  seeMembers: 'project.read',
  notices: NOTICES,
  noticesPath: '/settings/notifications',
  picturesPath: '/api/people',
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
  requirePermission(SLIPWAY, role, permission);
}

/** Of both worlds of a project at once, the live one's rules and traces among them. */
const NOT_OF_TEST_KEYS: readonly ProjectPermission[] = ['project.manage', 'audit.read'];

/** @throws `forbidden`, naming the permission, when none of the key's scopes has it, or no test key may have it. */
export function requireOfKey(
  { scopes, isTest }: { readonly scopes: readonly string[]; readonly isTest: boolean },
  permission: ProjectPermission,
): void {
  if (isTest && NOT_OF_TEST_KEYS.includes(permission))
    throw missingPermission(permission, 'no test key has, whatever its scopes');
  const mayDo = KEY_SCOPES.some(
    (scope) => scopes.includes(scope) && SCOPE_PERMISSIONS[scope].includes(permission),
  );
  if (!mayDo)
    throw missingPermission(
      permission,
      `the scopes of this key (${scopes.join(', ')}) do not have`,
    );
}
