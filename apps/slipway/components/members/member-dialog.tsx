'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import type { MemberWish } from './member-actions.tsx';
import { useRefreshMembers } from './use-members.ts';

const WORDS = {
  remove: {
    title: (name: string) => `Remove ${name}?`,
    description:
      'They see nothing of this organization from their next request on. Keys that they made go on working: revoke those that they may know.',
    confirm: 'Remove member',
    done: 'Member removed',
  },
  leave: {
    title: () => 'Leave this organization?',
    description: 'You see nothing of it any more, until somebody invites you again.',
    confirm: 'Leave organization',
    done: 'You left the organization',
  },
  transfer: {
    title: (name: string) => `Hand the organization over to ${name}?`,
    description: 'They become owner, and you stay as an admin. Only they can give it back.',
    confirm: 'Transfer ownership',
    done: 'Ownership transferred',
  },
} as const;

type Props = { organizationId: string; wish: MemberWish; onClose: () => void };

export function MemberDialog({ organizationId, wish, onClose }: Props) {
  const { what, member, button } = wish;
  const words = WORDS[what];
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const onSuccess = async () => {
    toast.success(words.done, { description: what === 'leave' ? undefined : member.name });
    if (what === 'leave') return window.location.assign('/dashboard');
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
      returnFocus={button}
      onConfirm={act[what]}
    />
  );
}
