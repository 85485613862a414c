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
      <Link href="/settings/notifications">Choose notifications</Link>
    </Button>
  );
  return <Panel api={outbox} describe={describeError} emptyAction={choose} />;
}
