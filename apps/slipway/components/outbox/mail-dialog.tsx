'use client';

import { MailDialog as Dialog } from '@repo/ui/outbox';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';

type Props = { mailId: string; onClose: () => void };

export function MailDialog({ mailId, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mail = useQuery(trpc.outbox.get.queryOptions({ mailId }));
  const retry = useMutation(
    trpc.outbox.retry.mutationOptions({
      onSuccess: async () => {
        toast.success('It is sent again');
        await queries.invalidateQueries({ queryKey: trpc.outbox.pathKey() });
      },
      onError: (error) => toast.error('Not sent', { description: describeError(error).message }),
    }),
  );
  return (
    <Dialog
      mail={mail.data}
      error={mail.isError ? describeError(mail.error).message : undefined}
      sending={retry.isPending}
      onSendAgain={() => retry.mutate({ mailId })}
      onClose={onClose}
    />
  );
}
