'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent } from '@repo/ui/dialog';
import { dropDraft, readDraft, useFormDraft } from '@repo/ui/local';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@repo/ui/tabs';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { ListingFields, toInput } from '../../lib/listing-fields.ts';
import { describeError, type Listing, useTRPC } from '../../lib/trpc.ts';
import { ListingFieldset } from '../listings/listing-form.tsx';
import { ActivityList } from './activity-list.tsx';

type Props = { listing: Listing; open: boolean; onOpenChange: (open: boolean) => void };

const draftOf = (listingId: string) => `details:${listingId}`;

/** Whether the pane is open. What was typed into it and not saved opens it again after a reload. */
export function useDetailsPane(listingId: string) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (readDraft(draftOf(listingId)) !== undefined) setOpen(true);
  }, [listingId]);
  const onOpenChange = (next: boolean) => {
    if (!next) dropDraft(draftOf(listingId));
    setOpen(next);
  };
  return { open, onOpenChange };
}

/** All that is known of the listing, beside its photos: its fields to change, and what happened. */
export function DetailsPane({ listing, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Details"
        description={<span className="[overflow-wrap:anywhere]">{listing.address}</span>}
        className="inset-y-0 right-0 left-auto max-h-none w-full max-w-md translate-x-0 translate-y-0 rounded-none border-y-0 border-r-0"
      >
        <Tabs defaultValue="fields" className="flex min-h-0 flex-1 flex-col pt-3">
          <TabsList className="px-5">
            <TabsTrigger value="fields">Listing</TabsTrigger>
            <TabsTrigger value="activity">Activity</TabsTrigger>
          </TabsList>
          <TabsContent value="fields" className="flex flex-1 flex-col pt-1">
            <FieldsForm listing={listing} onSaved={() => onOpenChange(false)} />
          </TabsContent>
          <TabsContent value="activity" className="px-5 pt-4 pb-6">
            <ActivityList listingId={listing.id} />
          </TabsContent>
        </Tabs>
      </DialogContent>
    </Dialog>
  );
}

function valuesOf(listing: Listing): ListingFields {
  const { address, mlsId, agent, shootDate, tags, notes } = listing;
  return {
    address,
    mlsId: mlsId ?? '',
    agentId: agent?.id ?? '',
    shootDate: shootDate ?? '',
    tags: tags.join(', '),
    notes,
  };
}

function FieldsForm({ listing, onSaved }: { listing: Listing; onSaved: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useForm({
    resolver: zodResolver(ListingFields),
    defaultValues: valuesOf(listing),
  });
  useFormDraft(form, draftOf(listing.id));
  const update = useMutation(trpc.listing.update.mutationOptions());
  const submit = form.handleSubmit(async (fields) => {
    // What was not touched is left as it is: somebody else may be changing it.
    const dirty = form.formState.dirtyFields;
    const changes = Object.fromEntries(
      Object.entries(toInput(fields)).filter(([name]) => name in dirty),
    );
    const saved = await update
      .mutateAsync({ listingId: listing.id, ...changes })
      .catch(() => undefined);
    if (!saved) return;
    queries.setQueryData(trpc.listing.get.queryKey({ listingId: listing.id }), saved);
    void queries.invalidateQueries({ queryKey: trpc.listing.list.infiniteQueryKey() });
    void queries.invalidateQueries({ queryKey: trpc.listing.choices.queryKey() });
    void queries.invalidateQueries({ queryKey: trpc.listing.activity.pathKey() });
    toast.success('Listing saved');
    onSaved();
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-1 flex-col">
      <DialogBody className="flex-1 pb-5">
        {update.error ? (
          <Alert tone="danger" live>
            {describeError(update.error).message}
          </Alert>
        ) : null}
        <ListingFieldset form={form} studio={listing.organizationId} agent={listing.agent} whole />
      </DialogBody>
      <div className="sticky bottom-0 flex justify-end gap-2 border-t bg-popover px-5 py-3">
        <Button onClick={onSaved}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={update.isPending}
          disabled={!form.formState.isDirty}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
