'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { TimeLeft } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { describeError, type Members, useTRPC } from '../../lib/trpc.ts';
import { roleLabel } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

type Props = { organizationId: string; invitation: Members['invitations'][number] };

export function InvitationRow({ organizationId, invitation }: Props) {
  const { id, email, role, invitedByName, expiresAt, url } = invitation;
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const revoke = useMutation(
    trpc.member.revokeInvitation.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success('Invitation taken back');
      },
      onError: (error) =>
        toast.error('The invitation is still open', { description: describeError(error).message }),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{email}</span>
          <Badge>{roleLabel(role)}</Badge>
        </p>
        <p className="text-muted-foreground text-xs">
          Invited by {invitedByName} · open for <TimeLeft value={expiresAt} />
        </p>
      </div>
      <CopyButton value={url} label={`Copy link for ${email}`} size="sm" variant="secondary">
        Copy link
      </CopyButton>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Take back the invitation of ${email}`}
        busy={revoke.isPending}
        onClick={() => revoke.mutate({ organizationId, invitationId: id })}
      >
        Take back
      </Button>
    </li>
  );
}
