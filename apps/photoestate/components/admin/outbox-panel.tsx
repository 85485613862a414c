'use client';

import { Button } from '@repo/ui/button';
import { OutboxPanel as Panel } from '@repo/ui/outbox-panel';
import Link from 'next/link';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';

/** All mails of this installation, for its admins. */
export function OutboxPanel() {
  const { outbox } = useTRPCClient();
  const choose = (
    <Button asChild>
      <Link href="/account#notifications">Choose notifications</Link>
    </Button>
  );
  return (
    <div className="mx-auto max-w-5xl px-4 py-6 sm:px-6 sm:py-8">
      <Panel api={outbox} describe={describeError} emptyAction={choose} />
    </div>
  );
}
