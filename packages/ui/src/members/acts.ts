/** A role, as people are told of it. */
export type RoleWords<R extends string> = {
  readonly role: R;
  readonly label: string;
  /** What it may, as a sentence without its point. */
  readonly may: string;
};

export type MemberView<R extends string> = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: R;
  /** Where their picture is; without one their initials are shown. */
  readonly picture?: string | null;
};

export type InvitationView<R extends string> = {
  readonly id: string;
  readonly email: string;
  readonly role: R;
  readonly invitedByName: string;
  readonly expiresAt: Date;
  readonly url: string;
};

/** What can be done with members. Each ends when the lists are as they are afterwards, or fails with a sentence to show. */
export type MemberActs<R extends string> = {
  invite: (wish: { email: string; role: R }) => Promise<{ url: string }>;
  revoke: (invitationId: string) => Promise<void>;
  changeRole: (userId: string, role: R) => Promise<void>;
  remove: (userId: string) => Promise<void>;
  transfer: (userId: string) => Promise<void>;
  leave: () => Promise<void>;
};

type Of = { organizationId: string };
type OfMember = Of & { userId: string };
type Mutation<I, O = unknown> = { mutate: (input: I) => Promise<O> };

/** The procedures of both products. */
export type MemberApi<R extends string> = {
  invite: Mutation<Of & { email: string; role: R }, { url: string }>;
  revokeInvitation: Mutation<Of & { invitationId: string }>;
  changeRole: Mutation<OfMember & { role: R }>;
  remove: Mutation<OfMember>;
  transfer: Mutation<OfMember>;
  leave: Mutation<Of>;
};

export function memberActs<R extends string>(
  organizationId: string,
  {
    api,
    refresh,
    wordsOf,
  }: { api: MemberApi<R>; refresh: () => Promise<unknown>; wordsOf: (error: unknown) => string },
): MemberActs<R> {
  const of = { organizationId };
  const done = async <T>(work: Promise<T>, loadAgain = true): Promise<T> => {
    const result = await work.catch((error: unknown) => {
      throw new Error(wordsOf(error), { cause: error });
    });
    if (loadAgain) await refresh();
    return result;
  };
  return {
    invite: (wish) => done(api.invite.mutate({ ...of, ...wish })),
    revoke: async (invitationId) => {
      await done(api.revokeInvitation.mutate({ ...of, invitationId }));
    },
    changeRole: async (userId, role) => {
      await done(api.changeRole.mutate({ ...of, userId, role }));
    },
    remove: async (userId) => {
      await done(api.remove.mutate({ ...of, userId }));
    },
    transfer: async (userId) => {
      await done(api.transfer.mutate({ ...of, userId }));
    },
    // Nothing of it can be loaded any more.
    leave: async () => {
      await done(api.leave.mutate(of), false);
    },
  };
}

export const roleLabel = <R extends string>(roles: readonly RoleWords<R>[], role: R): string =>
  roles.find((each) => each.role === role)?.label ?? role;

/** The roles that somebody of this one may give. */
export const rolesFor = <R extends string>(roles: readonly RoleWords<R>[], mine: R) =>
  roles.filter(({ role }) => mine === 'owner' || role !== 'owner');

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
