'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { focusAgain } from '../panel/focus-again.ts';
import { credentialFields } from './connect-schema.ts';
import { CredentialFields } from './credential-fields.tsx';
import { DoctorReportView } from './doctor-report.tsx';
import { Examining } from './examining.tsx';
import { addressOf, type Connection } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

const Credentials = z.object(credentialFields);

type Props = {
  projectId: string;
  connection: Connection;
  returnFocus: HTMLElement | null;
  onClose: () => void;
};

export function ReplaceCredentialsDialog({ projectId, connection, returnFocus, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const form = useForm({
    resolver: zodResolver(Credentials),
    defaultValues: { accessKeyId: '', secretAccessKey: '' },
  });
  const replace = useMutation(
    trpc.storage.updateCredentials.mutationOptions({
      // What was sent is a secret; nothing of it is kept.
      gcTime: 0,
      onSuccess: async ({ outcome }) => {
        if (outcome === 'refused') return;
        await refresh();
        toast.success('Credentials replaced', { description: connection.name });
        onClose();
      },
    }),
  );
  const send = (force: boolean) =>
    form.handleSubmit((values) =>
      replace.mutate({ projectId, storageId: connection.id, force, ...values }),
    );
  const refused = replace.data?.outcome === 'refused' ? replace.data.report : undefined;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Replace the credentials of ${connection.name}`}
        description={addressOf(connection)}
        className="max-w-2xl"
        onCloseAutoFocus={(event) => focusAgain(event, returnFocus)}
      >
        <form noValidate onSubmit={(event) => void send(false)(event)}>
          <DialogBody>
            {replace.error ? (
              <Alert tone="danger" live>
                {describeError(replace.error).message}
              </Alert>
            ) : null}
            <CredentialFields register={form.register} errors={form.formState.errors} />
            {replace.isPending ? <Examining /> : null}
            {refused && !replace.isPending ? <DoctorReportView report={refused} /> : null}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            {refused ? (
              <Button
                variant="danger-quiet"
                disabled={replace.isPending}
                onClick={(event) => void send(true)(event)}
              >
                Replace anyway
              </Button>
            ) : null}
            <Button type="submit" variant="primary" busy={replace.isPending}>
              Check and replace
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
