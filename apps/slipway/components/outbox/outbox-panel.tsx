'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Mails } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { MailDialog } from './mail-dialog.tsx';
import { OutboxRow } from './outbox-row.tsx';

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
      <PageHeader title="Outbox" description="The mails of this server; kept for 30 days." />
      {outbox.data?.pages[0]?.isMailed === false ? (
        <Alert tone="info">
          No mail server is set up, so mails go nowhere but here. Links in them let people in: pass
          them on to nobody else. Set SMTP_URL and SMTP_FROM to have them sent.
        </Alert>
      ) : null}
      {outbox.isPending ? (
        <div aria-busy="true">
          <Skeleton className="h-96 rounded-lg" />
        </div>
      ) : mails.length === 0 ? (
        <EmptyState
          icon={<Mails />}
          title="No mails yet"
          description="Invitations, password links and notifications appear here."
          action={
            <Button asChild>
              <Link href="/settings/notifications">Choose notifications</Link>
            </Button>
          }
          className="rounded-lg border"
        />
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {mails.map((mail) => (
            <OutboxRow key={mail.id} mail={mail} onOpen={() => setOpenMail(mail.id)} />
          ))}
        </ul>
      )}
      {outbox.hasNextPage ? (
        <Button
          className="self-center"
          busy={outbox.isFetchingNextPage}
          onClick={() => void outbox.fetchNextPage()}
        >
          Older mails
        </Button>
      ) : null}
      {openMail === undefined ? null : (
        <MailDialog mailId={openMail} onClose={() => setOpenMail(undefined)} />
      )}
    </div>
  );
}
