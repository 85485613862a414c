'use client';

import { Button } from '@repo/ui/button';
import { MailDialog, Outbox } from '@repo/ui/outbox';
import { toast } from '@repo/ui/toaster';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';

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
  if (outbox.error && !outbox.data)
    return <LoadFailed title="Mails could not be loaded" queries={[outbox]} />;
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <Outbox
        mails={outbox.data?.pages.flatMap((page) => page.data)}
        isMailed={outbox.data?.pages[0]?.isMailed}
        emptyAction={
          <Button asChild>
            <Link href="/account#notifications">Choose notifications</Link>
          </Button>
        }
        onMore={outbox.hasNextPage ? () => void outbox.fetchNextPage() : undefined}
        busy={outbox.isFetchingNextPage}
        onOpen={setOpenMail}
      />
      {openMail === undefined ? null : (
        <OpenMail mailId={openMail} onClose={() => setOpenMail(undefined)} />
      )}
    </div>
  );
}

function OpenMail({ mailId, onClose }: { mailId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mail = useQuery(trpc.outbox.get.queryOptions({ mailId }));
  const retry = useMutation(
    trpc.outbox.retry.mutationOptions({
      onSuccess: () => toast.success('It is sent again'),
      onError: (error) => toast.error('Not sent', { description: describeError(error).message }),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.outbox.pathKey() }),
    }),
  );
  return (
    <MailDialog
      mail={mail.data}
      error={mail.error ? describeError(mail.error).message : undefined}
      sending={retry.isPending}
      onSendAgain={() => retry.mutate({ mailId })}
      onClose={onClose}
    />
  );
}
