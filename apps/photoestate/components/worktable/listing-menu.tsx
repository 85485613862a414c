'use client';

import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Ellipsis } from '@repo/ui/icons';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Archive, PanelRight, RotateCcw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { useArchiving, useListingDeeds } from '../listings/use-listing-deeds.ts';

type Props = {
  listing: { id: string; address: string; archivedAt: Date | null };
  onDetails: () => void;
};

export function ListingMenu({ listing, onDetails }: Props) {
  const { setArchived } = useListingDeeds();
  const archived = useArchiving().get(listing.id) ?? listing.archivedAt !== null;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.listing.delete.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.listing.list.infiniteQueryKey() });
        toast.success(`${listing.address} deleted`);
        router.push('/listings');
      },
    }),
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon" variant="ghost" aria-label="More for this listing">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setTimeout(onDetails, 0)}>
            <PanelRight />
            Details and activity
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setArchived([listing], !archived)}>
            {archived ? <RotateCcw /> : <Archive />}
            {archived ? 'Restore from the archive' : 'Archive'}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => setAsking(true)}>
            <Trash2 />
            Delete listing
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this listing?"
        description={`${listing.address} with all its photos and results. This cannot be undone.`}
        confirmLabel="Delete listing"
        onConfirm={() => remove.mutate({ listingId: listing.id })}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? describeError(remove.error).message : undefined}
      />
    </>
  );
}
