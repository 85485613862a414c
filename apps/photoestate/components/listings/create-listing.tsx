'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { Address } from '../../lib/address.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';

export function NewListingButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="primary" onClick={onClick}>
      <Plus />
      New listing
    </Button>
  );
}

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateListingDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="New listing" description="You can drop the photos next.">
        <CreateListingForm />
      </DialogContent>
    </Dialog>
  );
}

function CreateListingForm() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.listing.create.mutationOptions());
  const form = useForm({ resolver: zodResolver(Address), defaultValues: { address: '' } });

  const submit = form.handleSubmit(async ({ address }) => {
    const listing = await create.mutateAsync({ address }).catch(() => undefined);
    if (!listing) return;
    void queries.invalidateQueries({ queryKey: trpc.listing.list.infiniteQueryKey() });
    router.push(`/listings/${listing.id}`);
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {create.error ? (
          <Alert tone="danger" live>
            {describeError(create.error).message}
          </Alert>
        ) : null}
        <Field
          label="Address"
          hint="As it stands on the listing. You can change it later."
          error={form.formState.errors.address?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register('address')}
              autoComplete="off"
              autoFocus
              placeholder="12 Elm Street, Springfield"
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        {/* The dialog stays until the new page is there. */}
        <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess}>
          Create listing
        </Button>
      </DialogFooter>
    </form>
  );
}
