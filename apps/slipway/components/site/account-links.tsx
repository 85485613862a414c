'use client';

import { Button, buttonVariants } from '@repo/ui/button';
import { useEffect, useState } from 'react';

/** Null for visitors; these pages are made once for everybody, so the browser has to ask. */
async function isSignedIn(signal: AbortSignal): Promise<boolean> {
  const response = await fetch('/api/auth/get-session', { signal });
  return response.ok && (await response.json()) !== null;
}

/** The way in, or the way back for who is in already. Whole page loads: the session is asked anew. */
export function AccountLinks() {
  const [signedIn, setSignedIn] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    isSignedIn(leaving.signal).then(setSignedIn, () => undefined);
    return () => leaving.abort();
  }, []);
  if (signedIn) {
    return (
      <Button asChild variant="primary">
        <a href="/dashboard">Dashboard</a>
      </Button>
    );
  }
  return (
    <>
      <a
        href="/sign-in"
        className={buttonVariants({
          variant: 'ghost',
          className: 'text-muted-foreground max-sm:px-2',
        })}
      >
        Sign in
      </a>
      <Button asChild variant="primary">
        <a href="/sign-up">Get started</a>
      </Button>
    </>
  );
}
