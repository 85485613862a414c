'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { focusAgain } from '../storage/focus-again.ts';
import type { KeyDialogProps } from './key-actions.tsx';
import { useRefreshKeys } from './use-keys.ts';

export const keyName = z
  .string()
  .trim()
  .min(1, 'Expected a name.')
  .max(80, 'Expected at most 80 characters.');

const Wish = z.object({ name: keyName });

export function RenameKeyDialog({ projectId, apiKey, returnFocus, onClose }: KeyDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshKeys(projectId);
  const rename = useMutation(
    trpc.apiKey.rename.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  const form = useForm({ resolver: zodResolver(Wish), defaultValues: { name: apiKey.name } });
  const submit = form.handleSubmit(({ name }) =>
    rename.mutate({ projectId, keyId: apiKey.id, name }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title="Rename key"
        onCloseAutoFocus={(event) => focusAgain(event, returnFocus)}
      >
        <form noValidate onSubmit={(event) => void submit(event)}>
          <DialogBody>
            {rename.error ? (
              <Alert tone="danger" live>
                {describeError(rename.error).message}
              </Alert>
            ) : null}
            <Field label="Name" error={form.formState.errors.name?.message}>
              {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={rename.isPending}>
              Rename
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
