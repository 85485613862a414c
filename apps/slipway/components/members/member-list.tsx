'use client';

import { Avatar } from '@repo/ui/avatar';
import { Badge } from '@repo/ui/badge';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, type Members, useTRPC } from '../../lib/trpc.ts';
import { MemberActions, type MemberWish } from './member-actions.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { ROLES, type Role, roleLabel, rolesFor } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

type Member = Members['members'][number];
type Props = { organizationId: string; found: Members; userId: string | undefined };

export function MemberList({ organizationId, found, userId }: Props) {
  const [wish, setWish] = useState<MemberWish>();
  return (
    <>
      <ul className="divide-y">
        {found.members.map((each) => (
          <MemberRow
            key={each.userId}
            organizationId={organizationId}
            member={each}
            mine={found.role}
            isMe={each.userId === userId}
            onWish={setWish}
          />
        ))}
      </ul>
      {wish ? (
        <MemberDialog
          organizationId={organizationId}
          wish={wish}
          onClose={() => setWish(undefined)}
        />
      ) : null}
    </>
  );
}

type RowProps = {
  organizationId: string;
  member: Member;
  mine: Role;
  isMe: boolean;
  onWish: (wish: MemberWish) => void;
};

function MemberRow({ organizationId, member, mine, isMe, onWish }: RowProps) {
  const mayChange = mine === 'owner' || (mine === 'admin' && member.role !== 'owner');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
      <Avatar name={member.name} className="size-8" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{member.name}</span>
          {isMe ? <Badge>You</Badge> : null}
        </p>
        <p className="truncate text-muted-foreground text-xs">{member.email}</p>
      </div>
      {mayChange ? (
        <RoleSelect organizationId={organizationId} member={member} mine={mine} />
      ) : (
        <span
          className="text-muted-foreground text-sm"
          title={ROLES.find(({ role }) => role === member.role)?.may}
        >
          {roleLabel(member.role)}
        </span>
      )}
      <MemberActions
        member={member}
        isMe={isMe}
        mayRemove={mayChange}
        mayTransfer={mine === 'owner'}
        onWish={onWish}
      />
    </li>
  );
}

function RoleSelect({
  organizationId,
  member,
  mine,
}: {
  organizationId: string;
  member: Member;
  mine: Role;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const change = useMutation(
    trpc.member.changeRole.mutationOptions({
      onSuccess: async (_, { role }) => {
        await refresh();
        toast.success(`${member.name} is ${roleLabel(role)} now`);
      },
      onError: (error) =>
        toast.error('The role was not changed', { description: describeError(error).message }),
    }),
  );
  const shown = change.isPending ? change.variables.role : member.role;
  return (
    <Select
      className="w-32"
      aria-label={`Role of ${member.name}`}
      value={shown}
      disabled={change.isPending}
      onChange={(event) => {
        const chosen = ROLES.find(({ role }) => role === event.target.value);
        if (chosen) change.mutate({ organizationId, userId: member.userId, role: chosen.role });
      }}
    >
      {rolesFor(mine).map(({ role, label }) => (
        <option key={role} value={role}>
          {label}
        </option>
      ))}
    </Select>
  );
}
