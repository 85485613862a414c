'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { toast } from '../toaster.tsx';
import { signOut } from './auth-client.ts';

type Then = () => void;

const goHome: Then = () => window.location.assign('/');

const SignOutContext = createContext<(then?: Then) => void>(() => undefined);

/** Signs out, and asks first when something would be lost with the session. */
export const useSignOut = (): ((then?: Then) => void) => useContext(SignOutContext);

export type SignOutQuestionProps = {
  /** What would be lost by signing out now: "2 files not uploaded". */
  unsent: () => Promise<readonly string[]>;
  /** Leaves nothing of anybody in this browser. */
  forget: () => Promise<unknown>;
  children: ReactNode;
};

/** For all that is below it: how to sign out. */
export function SignOutQuestion({ unsent, forget, children }: SignOutQuestionProps) {
  const [asked, setAsked] = useState<{ lost: string; then: Then }>();
  const leave = async (then: Then) => {
    const result = await signOut();
    if (!result.ok) {
      toast.error('You are still signed in', { description: result.message });
      return;
    }
    await forget();
    then();
  };
  const ask = async (then: Then) => {
    const lost = (await unsent()).join(' and ');
    if (lost === '') await leave(then);
    else setAsked({ lost, then });
  };
  return (
    <SignOutContext value={(then = goHome) => void ask(then)}>
      {children}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => open || setAsked(undefined)}
        title="Sign out now?"
        description={`There are still ${asked?.lost ?? 'things'}. Nothing of yours is kept in this browser once you sign out.`}
        confirmLabel="Sign out and discard"
        onConfirm={() => void (asked && leave(asked.then))}
      />
    </SignOutContext>
  );
}
