'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { CodeBlock } from '@repo/ui/code-block';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { envText } from './env-text.ts';

const OVERLAP_HOURS = 24;

export function CreateToken({ projectId, isFirst }: { projectId: string; isFirst: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string>();
  const create = useMutation(
    trpc.uploadthing.createKey.mutationOptions({
      onSuccess: ({ variables }) => {
        void queries.invalidateQueries({ queryKey: trpc.uploadthing.get.queryKey({ projectId }) });
        setAsking(false);
        setShown(envText(variables));
      },
    }),
  );
  const start = () => create.mutate({ projectId, overlapHours: OVERLAP_HOURS });
  return (
    <>
      <Button busy={isFirst && create.isPending} onClick={isFirst ? start : () => setAsking(true)}>
        {isFirst ? 'Create token' : 'Roll token'}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Roll the token?"
        description={`The new one is shown once. The one before works for another ${OVERLAP_HOURS} hours, so that your app goes on until it has the new one.`}
        tone="primary"
        confirmLabel="Roll token"
        busy={create.isPending}
        error={create.error ? describeError(create.error).message : undefined}
        onConfirm={start}
      />
      {isFirst && create.error ? (
        <p role="alert" className="text-danger text-sm">
          {describeError(create.error).message}
        </p>
      ) : null}
      {shown === undefined ? null : (
        <ShowVariables text={shown} onDone={() => setShown(undefined)} />
      )}
    </>
  );
}

/** For the only time; closes by its button alone, so that no stray click loses it. */
function ShowVariables({ text, onDone }: { text: string; onDone: () => void }) {
  const stay = (event: Event) => event.preventDefault();
  return (
    <Dialog open>
      <DialogContent
        title="Your app’s variables"
        description="Copy them now: the token is not shown again."
        closable={false}
        className="max-w-2xl"
        onEscapeKeyDown={stay}
        onPointerDownOutside={stay}
        onInteractOutside={stay}
      >
        <DialogBody>
          <CodeBlock wrap code={text} />
          <Alert tone="warning">
            For your server alone. Whoever has the token can upload, read, change and delete this
            project’s files. It works with UploadThing’s SDK and does not open Slipway’s own API.
          </Alert>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onDone}>
            I have copied them
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
