'use client';

import { MemberDialog, type MemberWish } from '@repo/ui/members/member-dialog';
import type { MemberListProps } from '@repo/ui/members/member-list';
import type { Role } from './role-words.ts';
import { useMemberActs } from './use-members.ts';

/** How members of an organization are spoken of, wherever they are asked about. */
export const MEMBER_WORDS = {
  noun: 'organization',
  removeNote: 'Keys that they made go on working: revoke those that they may know.',
  leftHref: '/dashboard',
} as const satisfies Partial<MemberListProps<Role>>;

type Props = { organizationId: string; wish: MemberWish<Role>; onClose: () => void };

/** Asks before somebody leaves, or hands the organization over. */
export function MemberQuestion({ organizationId, ...question }: Props) {
  const acts = useMemberActs(organizationId);
  return <MemberDialog {...question} {...MEMBER_WORDS} acts={acts} />;
}
