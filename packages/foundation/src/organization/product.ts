import { appError } from '../errors/index.ts';

/** The ways in which members are told of things. */
export const CHANNELS = ['mail', 'app'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Something that members are told. Each of them can turn it off, by each way. */
export interface NoticeKind<P extends string = string> {
  /** As it is called in mails and on pages. */
  name: string;
  /** When it comes, in a sentence. */
  about: string;
  /** Whom it concerns: those who may do something about it. */
  permission: P;
  channels: readonly Channel[];
  /** Mails wait this long for more of the kind about the same page, and tell of all of it at once. */
  gatherMinutes?: number;
}

/**
 * What a product says about its members: its name, and what each of its roles may do. Verbs ask for
 * permissions; a role is only a name for some of them. Every product has `owner` and `admin`, and of the
 * permissions `member.manage`, `organization.manage` and `organization.transfer`.
 */
export interface Product<R extends string = string, P extends string = string> {
  /** As its people know it. */
  name: string;
  /** The colour of buttons in its mails, `#rrggbb`; left out: the house's own blue. */
  accent?: string;
  roles: Readonly<Record<R, readonly P[]>>;
  /** The permission that lets somebody see who the other members are. */
  seeMembers: P;
  /** What they are told of, by kind. */
  notices: Readonly<Record<string, NoticeKind<P>>>;
  /** The page on which they choose of what. */
  noticesPath: `/${string}`;
  /** Below it are pictures of people, each at `/<user>/picture`. */
  picturesPath: `/${string}`;
  /** What an API key of a scope may do, where keys belong to organizations. */
  scopes?: Readonly<Record<string, readonly P[]>>;
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

/** @throws `forbidden`, naming the permission, when none of the key's scopes has it. */
export function requireScope<R extends string, P extends string>(
  { scopes: known = {} }: Product<R, P>,
  scopes: readonly string[],
  permission: P,
): void {
  const mayDo = scopes.some(
    (scope) => Object.hasOwn(known, scope) && known[scope]?.includes(permission),
  );
  if (mayDo) return;
  throw missingPermission(permission, `the scopes of this key (${scopes.join(', ')}) do not have`);
}

export function missingPermission(permission: string, why: string) {
  return appError('forbidden', `This needs the permission “${permission}”, which ${why}.`, {
    details: { permission },
  });
}

/** What a kind of mail is called, also one that is not sent any more. */
export function noticeName({ notices }: Product, kind: string): string {
  const known = Object.hasOwn(notices, kind) ? notices[kind] : undefined;
  return known?.name ?? 'This kind of mail';
}
