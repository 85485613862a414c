'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button } from '@repo/ui/button';
import { Pencil } from '@repo/ui/icons';
import { Input } from '@repo/ui/input';
import { dropDraft, readDraft, useFormDraft } from '@repo/ui/local';
import { Check, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Address } from '../../lib/address.ts';
import { withUpdates } from '../../lib/offline/edits.ts';
import { useListingEdits, useOutbox } from '../offline/outbox.tsx';

type Props = { listing: { id: string; address: string } };

const draftOf = (listingId: string) => `address:${listingId}`;

/** The address as the page's title, edited in place; after a reload it goes on where it was. */
export function AddressTitle({ listing: known }: Props) {
  const listing = withUpdates(known, useListingEdits(known.id));
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const { id, address } = known;
  // Of the page that was there before this one, whatever the address becomes later.
  const goOn = useEffectEvent((listingId: string) => {
    const typed = readDraft<{ address: string }>(draftOf(listingId))?.address;
    if (typed !== undefined && typed !== address) setEditing(true);
    else dropDraft(draftOf(listingId));
  });
  useEffect(() => goOn(id), [id]);
  const close = () => {
    dropDraft(draftOf(id));
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (editing) return <AddressForm listing={listing} onClose={close} />;
  return (
    <div className="flex items-start gap-1">
      <h1 className="min-w-0 text-balance font-semibold text-xl leading-7 tracking-tight [overflow-wrap:anywhere] sm:truncate sm:leading-8">
        {listing.address}
      </h1>
      <Button
        ref={pencil}
        size="icon-sm"
        variant="ghost"
        aria-label="Edit the address"
        title="Edit the address"
        onClick={() => setEditing(true)}
        className="text-muted-foreground"
      >
        <Pencil className="size-3.5" />
      </Button>
    </div>
  );
}

function AddressForm({ listing, onClose }: Props & { onClose: () => void }) {
  const outbox = useOutbox();
  const form = useForm({
    resolver: zodResolver(Address),
    defaultValues: { address: listing.address },
  });
  useFormDraft(form, draftOf(listing.id));
  const { setFocus } = form;
  useEffect(() => setFocus('address', { shouldSelect: true }), [setFocus]);
  const submit = form.handleSubmit(({ address }) => {
    const { id: listingId } = listing;
    if (address !== listing.address) {
      const failed = 'The address was not changed';
      outbox.add({ path: 'listing.update', listingId, failed, input: { listingId, address } });
    }
    onClose();
  });
  const problem = form.formState.errors.address?.message;
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="flex items-center gap-1"
    >
      <div className="min-w-0 max-w-xl flex-1">
        <Input
          {...form.register('address')}
          aria-label="Address"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'address-problem' : undefined}
          autoComplete="off"
        />
        {problem ? (
          <p id="address-problem" role="alert" className="mt-1 text-danger text-xs">
            {problem}
          </p>
        ) : null}
      </div>
      <Button type="submit" size="icon" variant="ghost" aria-label="Save the address">
        <Check />
      </Button>
      <Button size="icon" variant="ghost" aria-label="Keep the old address" onClick={onClose}>
        <X />
      </Button>
    </form>
  );
}
