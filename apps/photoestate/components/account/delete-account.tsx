'use client';

import { DeleteAccountCard } from '@repo/ui/account/delete-account-card';
import { useMutation } from '@tanstack/react-query';
import { forgetEverything } from '../../lib/offline/session-end.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';

export function DeleteAccount({ email }: { email: string }) {
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.account.delete.mutationOptions({
      // Everything that the page knows is gone.
      onSuccess: async () => {
        await forgetEverything();
        window.location.assign('/');
      },
    }),
  );
  return (
    <DeleteAccountCard
      email={email}
      busy={remove.isPending || remove.isSuccess}
      error={remove.error ? describeError(remove.error).message : undefined}
      onDelete={() => remove.mutate({ confirmEmail: email })}
    >
      <li>An organization that nobody else belongs to goes with it, with all its photos.</li>
      <li>
        Where you are the only owner and others belong, hand it over first, on the page of its
        members.
      </li>
      <li>What you did in other organizations stays with them.</li>
    </DeleteAccountCard>
  );
}
