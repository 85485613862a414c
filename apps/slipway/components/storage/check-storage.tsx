'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { focusAgain } from '../panel/focus-again.ts';
import { DoctorReportView } from './doctor-report.tsx';
import { Examining } from './examining.tsx';
import { addressOf, type Connection } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

type Props = {
  projectId: string;
  connection: Connection;
  returnFocus: HTMLElement | null;
  onClose: () => void;
};

export function CheckStorageDialog({ projectId, connection, returnFocus, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const [origin, setOrigin] = useState(() => window.location.origin);
  const check = useMutation(trpc.storage.check.mutationOptions({ onSuccess: refresh }));
  const run = (mend: boolean) =>
    check.mutate({
      projectId,
      storageId: connection.id,
      mend,
      ...(origin.trim() === '' ? {} : { origin: origin.trim() }),
    });
  const report = check.data;
  function submit(event: FormEvent) {
    event.preventDefault();
    run(false);
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Check ${connection.name}`}
        description={addressOf(connection)}
        className="max-w-2xl"
        onCloseAutoFocus={(event) => focusAgain(event, returnFocus)}
      >
        <form noValidate onSubmit={submit}>
          <DialogBody>
            <Field
              label="Pages that upload"
              hint="The address of your app: a bucket lets pages in by their address (CORS)."
            >
              {(control) => (
                <Input
                  {...control}
                  value={origin}
                  onChange={(event) => setOrigin(event.target.value)}
                  inputMode="url"
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
            {check.isPending ? <Examining /> : null}
            {check.error ? (
              <Alert tone="danger" live>
                {describeError(check.error).message}
              </Alert>
            ) : null}
            {report && !check.isPending ? (
              <DoctorReportView report={report} onMend={() => run(true)} />
            ) : null}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Close</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={check.isPending}>
              {report ? 'Check again' : 'Check the bucket'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
