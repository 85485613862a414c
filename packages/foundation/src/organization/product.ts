import { appError } from '../errors/index.ts';

/**
 * What a product says about its members: its name, and what each of its roles may do. Verbs ask for
 * permissions; a role is only a name for some of them. Every product has `owner` and `admin`, and of the
 * permissions `member.manage`, `organization.manage` and `organization.transfer`.
 */
export interface Product<R extends string = string, P extends string = string> {
  /** As its people know it. */
  name: string;
  roles: Readonly<Record<R, readonly P[]>>;
  /** The permission that lets somebody see who the other members are. */
  seeMembers: P;
}

/** The role of this name. Rows hold the names of their product's roles. */
export function roleIn<R extends string>({ roles }: Product<R>, name: string): R {
  if (isRoleOf(roles, name)) return name;
  throw new Error(`no role of this product is called "${name}"`);
}

export function isRoleOf<R extends string>(
  roles: Readonly<Record<R, unknown>>,
  name: string,
): name is R {
  return Object.hasOwn(roles, name);
}

/** @throws `forbidden`, naming the permission, when the role does not have it. */
export function requirePermission<R extends string, P extends string>(
  { roles }: Product<R, P>,
  role: R,
  permission: P,
): void {
  if (!roles[role].includes(permission))
    throw missingPermission(permission, `the role “${role}” does not have`);
}

export function missingPermission(permission: string, why: string) {
  return appError('forbidden', `This needs the permission “${permission}”, which ${why}.`, {
    details: { permission },
  });
}
