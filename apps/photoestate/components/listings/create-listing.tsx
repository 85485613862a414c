'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { dropDraft, readDraft, useFormDraft } from '@repo/ui/local';
import { Select } from '@repo/ui/select';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { ListingFields, NO_FIELDS, toInput } from '../../lib/listing-fields.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { ListingFieldset } from './listing-form.tsx';
import { useStudios } from './use-studios.ts';

export function NewListingButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="primary" onClick={onClick}>
      <Plus />
      New listing
    </Button>
  );
}

const DRAFT = 'new-listing';

/** Whether a listing is being made. What was typed and not sent opens the dialog again after a reload. */
export function useCreating() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (readDraft(DRAFT) !== undefined) setOpen(true);
  }, []);
  const onOpenChange = (next: boolean) => {
    if (!next) dropDraft(DRAFT);
    setOpen(next);
  };
  return { open, onOpenChange };
}

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one that is looked at. */
  studio: string | undefined;
};

export function CreateListingDialog({ open, onOpenChange, studio }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="New listing"
        description="You can drop the photos next."
        className="max-w-lg"
      >
        <CreateListingForm studio={studio} />
      </DialogContent>
    </Dialog>
  );
}

function CreateListingForm({ studio: lookedAt }: Pick<Props, 'studio'>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { editable } = useStudios();
  const [wanted, setWanted] = useState(lookedAt);
  const studio = (editable.find(({ id }) => id === wanted) ?? editable[0])?.id;
  const create = useMutation(trpc.listing.create.mutationOptions());
  const form = useForm({ resolver: zodResolver(ListingFields), defaultValues: NO_FIELDS });
  useFormDraft(form, DRAFT);

  const submit = form.handleSubmit(async (fields) => {
    const { agentId, ...input } = toInput(fields);
    const listing = await create
      .mutateAsync({
        ...input,
        ...(studio && { organizationId: studio }),
        // Nobody chosen: what agents add is theirs.
        ...(agentId && { agentId }),
      })
      .catch(() => undefined);
    if (!listing) return;
    dropDraft(DRAFT);
    void queries.invalidateQueries({ queryKey: trpc.listing.list.infiniteQueryKey() });
    void queries.invalidateQueries({ queryKey: trpc.listing.choices.queryKey() });
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
        {editable.length > 1 ? (
          <Field label="Studio">
            {(control) => (
              <Select
                {...control}
                value={studio ?? ''}
                onChange={({ target }) => {
                  setWanted(target.value);
                  form.setValue('agentId', '');
                }}
              >
                {editable.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        <ListingFieldset form={form} studio={studio} />
      </DialogBody>
      {/* The dialog stays until the new page is there. */}
      <DialogSubmit busy={create.isPending || create.isSuccess}>Create listing</DialogSubmit>
    </form>
  );
}
