'use client';

import { Avatar } from '@repo/ui/avatar';
import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, type Members, useTRPC } from '../../lib/trpc.ts';
import { ROLES, type Role, roleLabel, rolesFor } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

type Props = {
  organizationId: string;
  member: Members['members'][number];
  /** The role of whoever looks. */
  mine: Role;
  mayManage: boolean;
  isMe: boolean;
};

const WORDS = {
  remove: {
    title: (name: string) => `Remove ${name}?`,
    description: 'They see nothing of this studio from their next request on.',
    confirm: 'Remove member',
  },
  leave: {
    title: () => 'Leave this studio?',
    description: 'You see nothing of it any more, until somebody invites you again.',
    confirm: 'Leave studio',
  },
  transfer: {
    title: (name: string) => `Hand the studio over to ${name}?`,
    description: 'They become owner, and you stay as an admin. Only they can give it back.',
    confirm: 'Transfer ownership',
  },
} as const;

export function MemberRow({ organizationId, member, mine, mayManage, isMe }: Props) {
  const [wish, setWish] = useState<keyof typeof WORDS>();
  const mayChange = mayManage && (mine === 'owner' || member.role !== 'owner');
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
        <span className="text-muted-foreground text-sm">{roleLabel(member.role)}</span>
      )}
      {mine === 'owner' && !isMe ? (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Make owner: ${member.name}`}
          onClick={() => setWish('transfer')}
        >
          Make owner
        </Button>
      ) : null}
      {isMe ? (
        <Button size="sm" variant="ghost" onClick={() => setWish('leave')}>
          Leave
        </Button>
      ) : mayChange ? (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Remove ${member.name}`}
          onClick={() => setWish('remove')}
        >
          Remove
        </Button>
      ) : null}
      {wish ? (
        <MemberDialog
          organizationId={organizationId}
          member={member}
          wish={wish}
          onClose={() => setWish(undefined)}
        />
      ) : null}
    </li>
  );
}

type DialogProps = Pick<Props, 'organizationId' | 'member'> & {
  wish: keyof typeof WORDS;
  onClose: () => void;
};

function MemberDialog({ organizationId, member, wish, onClose }: DialogProps) {
  const words = WORDS[wish];
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const onSuccess = async () => {
    if (wish === 'leave') return window.location.assign('/listings');
    await refresh();
    onClose();
  };
  const remove = useMutation(trpc.member.remove.mutationOptions({ onSuccess }));
  const leave = useMutation(trpc.member.leave.mutationOptions({ onSuccess }));
  const transfer = useMutation(trpc.member.transfer.mutationOptions({ onSuccess }));
  const error = remove.error ?? leave.error ?? transfer.error;
  const ref = { organizationId, userId: member.userId };
  const act = {
    remove: () => remove.mutate(ref),
    leave: () => leave.mutate({ organizationId }),
    transfer: () => transfer.mutate(ref),
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={words.title(member.name)}
      description={words.description}
      confirmLabel={words.confirm}
      busy={remove.isPending || leave.isPending || transfer.isPending}
      error={error ? describeError(error).message : undefined}
      onConfirm={act[wish]}
    />
  );
}

function RoleSelect({
  organizationId,
  member,
  mine,
}: Pick<Props, 'organizationId' | 'member' | 'mine'>) {
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
  return (
    <Select
      className="w-28"
      aria-label={`Role of ${member.name}`}
      value={change.isPending ? change.variables.role : member.role}
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
