'use client';

import { signOut } from '@repo/ui/auth-client';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { countUnsent, forgetEverything, rememberUser } from '../../lib/offline/session-end.ts';

const SignOutContext = createContext<() => void>(() => undefined);

/** Signs out, and asks first when something would be lost with the session. */
export const useSignOut = (): (() => void) => useContext(SignOutContext);

async function leave(): Promise<void> {
  const result = await signOut();
  if (!result.ok) {
    toast.error('You are still signed in', { description: result.message });
    return;
  }
  await forgetEverything();
  window.location.assign('/');
}

export function SignOut({ userId, children }: { userId: string; children: ReactNode }) {
  const [lost, setLost] = useState<string>();
  useEffect(() => rememberUser(userId), [userId]);
  const ask = async () => {
    const { edits, uploads } = await countUnsent(userId);
    const parts = [
      uploads > 0 ? `${counted(uploads, 'photo')} not uploaded` : '',
      edits > 0 ? `${counted(edits, 'change')} not sent` : '',
    ].filter(Boolean);
    if (parts.length === 0) await leave();
    else setLost(parts.join(' and '));
  };
  return (
    <SignOutContext value={() => void ask()}>
      {children}
      <ConfirmDialog
        open={lost !== undefined}
        onOpenChange={(open) => open || setLost(undefined)}
        title="Sign out now?"
        description={`There are still ${lost ?? 'things'}. Nothing of yours is kept in this browser once you sign out.`}
        confirmLabel="Sign out and discard"
        onConfirm={() => void leave()}
      />
    </SignOutContext>
  );
}
