'use client';

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorState } from './error-state.tsx';
import { MailDialog, type OpenMail, Outbox, type OutboxMail } from './outbox.tsx';
import type { ProblemWords } from './panel/problem.tsx';
import { toast } from './toaster.tsx';

type Page = { data: OutboxMail[]; nextCursor: string | null; isMailed: boolean };

type Props = {
  /** The procedures of both products. */
  api: {
    list: { query: (input: { cursor?: string }) => Promise<Page> };
    get: { query: (input: { mailId: string }) => Promise<OpenMail> };
    retry: { mutate: (input: { mailId: string }) => Promise<unknown> };
  };
  describe: (error: unknown) => ProblemWords;
  /** The one thing to do while there are none. */
  emptyAction: ReactNode;
};

const KEY = ['outbox'];

/** All mails of an installation, for its admins. */
export function OutboxPanel({ api, describe, emptyAction }: Props) {
  const [openMail, setOpenMail] = useState<string>();
  const outbox = useInfiniteQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ pageParam }) => api.list.query(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: 10_000,
  });
  if (outbox.isError && !outbox.data) {
    const { code, message, requestId } = describe(outbox.error);
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
        mails={outbox.data?.pages.flatMap((page) => page.data)}
        isMailed={outbox.data?.pages[0]?.isMailed}
        emptyAction={emptyAction}
        onMore={outbox.hasNextPage ? () => void outbox.fetchNextPage() : undefined}
        busy={outbox.isFetchingNextPage}
        onOpen={setOpenMail}
      />
      {openMail === undefined ? null : (
        <Mail {...{ api, describe }} mailId={openMail} onClose={() => setOpenMail(undefined)} />
      )}
    </div>
  );
}

type MailProps = Pick<Props, 'api' | 'describe'> & { mailId: string; onClose: () => void };

function Mail({ api, describe, mailId, onClose }: MailProps) {
  const queries = useQueryClient();
  const mail = useQuery({
    queryKey: [...KEY, 'mail', mailId],
    queryFn: () => api.get.query({ mailId }),
  });
  const retry = useMutation({
    mutationFn: () => api.retry.mutate({ mailId }),
    onSuccess: () => toast.success('It is sent again'),
    onError: (error) => toast.error('Not sent', { description: describe(error).message }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <MailDialog
      mail={mail.data}
      error={mail.error ? describe(mail.error).message : undefined}
      sending={retry.isPending}
      onSendAgain={() => retry.mutate()}
      onClose={onClose}
    />
  );
}
