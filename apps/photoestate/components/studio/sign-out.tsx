'use client';

import { SignOutQuestion } from '@repo/ui/auth/sign-out';
import { type ReactNode, useEffect } from 'react';
import { forgetEverything, rememberUser, unsentOf } from '../../lib/offline/session-end.ts';

/** For all that is below it: how to sign out, and what would be lost. */
export function SignOut({ userId, children }: { userId: string; children: ReactNode }) {
  useEffect(() => rememberUser(userId), [userId]);
  return (
    <SignOutQuestion unsent={() => unsentOf(userId)} forget={forgetEverything}>
      {children}
    </SignOutQuestion>
  );
}
