'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { PageHeader } from '@repo/ui/page-header';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { ScanEye, Send, WandSparkles } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useRef, useState } from 'react';
import type { Picked } from '../../lib/deliver-draft.ts';
import { counted } from '../../lib/listing-status.ts';
import { type DeliveriesOfListing, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { useOutboxSnapshot } from '../offline/outbox.tsx';
import { DeliveryEditor } from './delivery-editor.tsx';
import { Feedback } from './feedback.tsx';
import { LinkCard } from './link-card.tsx';
import { UnfinishedNotice } from './unfinished.tsx';
import { type Deliveries, useDeliveries } from './use-deliveries.ts';

const NEW = 'new';

/** From finished photos to a link, and what came back of it. */
export function DeliverPage({ listingId }: { listingId: string }) {
  const trpc = useTRPC();
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const hands = useDeliveries(listingId);
  const { found } = hands;
  const isAccepting = useAccepting(listingId);
  // Once it is shown it stays: somebody is at work in it.
  const [isShown, setShown] = useState(false);
  if (!isShown && found.data && !isAccepting) setShown(true);
  if ((found.error && !found.data) || (listing.error && !listing.data)) {
    return <LoadFailed title="The delivery could not be loaded" queries={[found, listing]} />;
  }
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader title="Deliver" description={listing.data?.address ?? ' '} />
      {found.data === undefined || !isShown ? (
        <div aria-busy="true" className="grid gap-8 lg:grid-cols-[1fr_24rem]">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      ) : found.data.deliverable.length === 0 && found.data.deliveries.length === 0 ? (
        <NothingYet listingId={listingId} {...found.data.unfinished} />
      ) : (
        <>
          <UnfinishedNotice listingId={listingId} unfinished={found.data.unfinished} />
          <Links listingId={listingId} all={found.data} hands={hands} />
        </>
      )}
    </div>
  );
}

/** Whether photos were just accepted, and the server is about to know: they have their place among the others then. */
function useAccepting(listingId: string): boolean {
  const { edits } = useOutboxSnapshot();
  return edits.some(
    ({ edit, notBefore, waited, failures }) =>
      edit.path === 'review.accept' &&
      edit.listingId === listingId &&
      notBefore === 0 &&
      !waited &&
      failures === 0,
  );
}

function NothingYet({ listingId, review }: { listingId: string; review: number }) {
  if (review > 0) {
    return (
      <EmptyState
        icon={<ScanEye />}
        title={review === 1 ? 'A photo needs review' : `${review} photos need review`}
        description="They came out doubtful. Accept what is good enough; then it can be delivered here."
        action={
          <Button asChild variant="primary">
            <Link href={`/review?listing=${listingId}`}>
              <ScanEye />
              Review
            </Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<Send />}
      title="No photo is finished yet"
      description="Enhance the scenes of this listing; what is finished can be delivered here."
      action={
        <Button asChild variant="primary">
          <Link href={`/listings/${listingId}`}>
            <WandSparkles />
            Go to the photos
          </Link>
        </Button>
      }
    />
  );
}

const linkAbout = ({ deliveries }: DeliveriesOfListing, about: string | null) =>
  deliveries.find(({ photos, comments }) =>
    [...photos, ...comments].some(({ id }) => id === about),
  );

type LinksProps = { listingId: string; all: DeliveriesOfListing; hands: Deliveries };

function Links({ listingId, all, hands }: LinksProps) {
  const about = useSearchParams().get('about');
  // Who comes for one thing that a client said finds the link where it was said, once, as soon as it is known of.
  const arrived = useRef(about === null);
  const [isDecided, setDecided] = useState(about === null);
  const [chosen, setChosen] = useState<string>();
  const meant = isDecided ? undefined : linkAbout(all, about);
  if (meant) {
    setDecided(true);
    setChosen(meant.id);
  }
  // What a new link begins with, where it is not everything.
  const [only, setOnly] = useState<readonly Picked[]>();
  const which = useRef<HTMLSelectElement>(null);
  const { deliveries } = all;
  const shown = chosen ?? deliveries[0]?.id ?? NEW;
  const choose = (id: string, photos?: readonly Picked[]) => {
    setOnly(photos);
    setChosen(id);
    // Who chose one stays there, and where they are.
    setDecided(true);
    arrived.current = true;
  };
  const delivery = deliveries.find(({ id }) => id === shown);
  return (
    <>
      {deliveries.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <Select
            ref={which}
            aria-label="Which link"
            value={shown}
            onChange={({ target }) => choose(target.value)}
            className="w-auto max-w-full"
          >
            {deliveries.map((each, index) => (
              <option key={each.id} value={each.id}>
                {`Link ${deliveries.length - index}: ${each.recipients.join(', ') || (each.branded ? 'branded' : 'unbranded')}`}
              </option>
            ))}
            <option value={NEW}>A new link</option>
          </Select>
          <p aria-live="polite" className="sr-only">
            {shown === NEW && only ? `A new link with ${counted(only.length, 'photo')}` : ''}
          </p>
          {shown === NEW ? null : <Button onClick={() => choose(NEW)}>New link</Button>}
        </div>
      ) : null}
      {delivery ? (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
          <LinkCard delivery={delivery} hands={hands} />
          <Feedback
            key={delivery.id}
            delivery={delivery}
            hands={hands}
            about={about}
            arrived={arrived}
            onDeliver={(photos) => {
              choose(NEW, photos);
              // What was pressed goes away with the answers to the other link.
              which.current?.focus();
            }}
          />
        </div>
      ) : null}
      <DeliveryEditor
        key={delivery?.id ?? NEW}
        listingId={listingId}
        all={all}
        delivery={delivery}
        hands={hands}
        only={only}
        onCreated={choose}
      />
    </>
  );
}
