'use client';

import { SignOutQuestion } from '@repo/ui/auth/sign-out';
import { counted } from '@repo/ui/format';
import { countKept, forgetKept } from '@repo/ui/uploads';
import type { ReactNode } from 'react';

async function unsentOf(userId: string): Promise<string[]> {
  const files = await countKept(userId);
  return files > 0 ? [`${counted(files, 'file')} not uploaded`] : [];
}

/** For all that is below it: how to sign out, and what would be lost. */
export function SignOut({ userId, children }: { userId: string; children: ReactNode }) {
  return (
    <SignOutQuestion unsent={() => unsentOf(userId)} forget={forgetKept}>
      {children}
    </SignOutQuestion>
  );
}
