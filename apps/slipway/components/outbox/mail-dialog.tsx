'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Skeleton } from '@repo/ui/skeleton';
import { DateTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { MailState } from './outbox-row.tsx';

type Props = { mailId: string; onClose: () => void };

export function MailDialog({ mailId, onClose }: Props) {
  const trpc = useTRPC();
  const mail = useQuery(trpc.outbox.get.queryOptions({ mailId }));
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        className="max-w-2xl"
        title={mail.data?.subject ?? 'Mail'}
        description={mail.data ? `To ${mail.data.recipient}` : undefined}
      >
        <DialogBody className="pb-5">
          {mail.isError ? (
            <Alert tone="danger">{describeError(mail.error).message}</Alert>
          ) : mail.data ? (
            <>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
                <MailState state={mail.data.state} />
                <DateTime value={mail.data.createdAt} />
                {mail.data.attempts > 0 ? <span>Tries: {mail.data.attempts}</span> : null}
              </p>
              {mail.data.problem === null ? null : <Alert tone="danger">{mail.data.problem}</Alert>}
              <Content content={mail.data.content} />
            </>
          ) : (
            <Skeleton className="h-96 rounded-lg" />
          )}
        </DialogBody>
        {mail.data?.state === 'failed' ? (
          <DialogFooter>
            <SendAgain mailId={mailId} />
          </DialogFooter>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

/** In a frame without scripts and without our origin; its links open beside this page. */
function Content({ content }: { content: { html: string; text: string } | null }) {
  if (content === null) {
    return (
      <p className="text-muted-foreground text-sm">
        What it says is for its reader alone, and is not shown here.
      </p>
    );
  }
  return (
    <iframe
      title="The mail"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={content.html.replace('<head>', '<head><base target="_blank">')}
      className="h-[60vh] w-full rounded-lg border bg-white"
    />
  );
}

function SendAgain({ mailId }: { mailId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
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
    <Button variant="primary" busy={retry.isPending} onClick={() => retry.mutate({ mailId })}>
      Send again
    </Button>
  );
}
