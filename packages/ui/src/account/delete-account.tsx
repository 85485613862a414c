'use client';

import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DeleteCard } from '../panel/delete-card.tsx';
import type { AccountApi, Describe } from './api.ts';

type Props = {
  api: Pick<AccountApi, 'delete'>;
  describe: Describe;
  email: string;
  /** Leaves nothing of anybody in this browser. */
  forget: () => Promise<unknown>;
  /** What goes with it, and what stays: list items. */
  children: ReactNode;
};

export function DeleteAccount({ api, describe, email, forget, children }: Props) {
  const remove = useMutation({
    mutationFn: () => api.delete.mutate({ confirmEmail: email }),
    // Everything that the page knows is gone.
    onSuccess: async () => {
      await forget();
      window.location.assign('/');
    },
  });
  return (
    <DeleteCard
      label="Delete account"
      question="Delete your account?"
      warning="You are signed out everywhere, and what is yours alone is erased."
      named={email}
      busy={remove.isPending || remove.isSuccess}
      error={remove.error ? describe(remove.error).message : undefined}
      onDelete={() => remove.mutate()}
    >
      {children}
    </DeleteCard>
  );
}
