'use client';

import { Button } from '@repo/ui/button';
import { ErrorState } from '@repo/ui/error-state';
import { Outbox } from '@repo/ui/outbox';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { MailDialog } from './mail-dialog.tsx';

/** All mails of this installation, for its admins. */
export function OutboxPanel() {
  const trpc = useTRPC();
  const [openMail, setOpenMail] = useState<string>();
  const outbox = useInfiniteQuery(
    trpc.outbox.list.infiniteQueryOptions(
      {},
      { getNextPageParam: (last) => last.nextCursor, refetchInterval: 10_000 },
    ),
  );
  const mails = outbox.data?.pages.flatMap((page) => page.data) ?? [];
  if (outbox.isError && mails.length === 0) {
    const { code, message, requestId } = describeError(outbox.error);
    return (
      <ErrorState
        headingLevel={1}
        title={code === 'not_found' ? 'For admins of this server' : 'Mails could not be loaded'}
        message={message}
        requestId={requestId}
        onRetry={() => void outbox.refetch()}
        retrying={outbox.isFetching}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Outbox
        mails={outbox.isPending ? undefined : mails}
        isMailed={outbox.data?.pages[0]?.isMailed}
        emptyAction={
          <Button asChild>
            <Link href="/settings/notifications">Choose notifications</Link>
          </Button>
        }
        onMore={outbox.hasNextPage ? () => void outbox.fetchNextPage() : undefined}
        busy={outbox.isFetchingNextPage}
        onOpen={setOpenMail}
      />
      {openMail === undefined ? null : (
        <MailDialog mailId={openMail} onClose={() => setOpenMail(undefined)} />
      )}
    </div>
  );
}
