'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter } from '@repo/ui/card';
import { EmptyState } from '@repo/ui/empty-state';
import { Field } from '@repo/ui/field';
import { formatBytes } from '@repo/ui/format';
import { claim } from '@repo/ui/local';
import { PageHeader } from '@repo/ui/page-header';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { type SharedPhoto, sharedPhotos } from '../../lib/offline/shared-photos.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { useUploadDesk, useUploadsKept } from '../upload/uploads.tsx';

const shown = 12;

/** Photos that came from another app, and the listing that they are for. */
export function SharedPhotos({ userId }: { userId: string }) {
  const [photos, setPhotos] = useState<SharedPhoto[]>();
  useEffect(() => {
    void claim(sharedPhotos, userId)
      .then(setPhotos)
      .catch(() => setPhotos([]));
  }, [userId]);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader title="Shared photos" />
      {photos === undefined ? (
        <Skeleton className="h-64 rounded-lg" />
      ) : photos.length === 0 ? (
        <Card>
          <EmptyState
            icon={<ImageUp />}
            title="No photos were shared"
            description="Install PhotoEstate Pro as an app, and share photos to it from your gallery: they arrive here."
            action={
              <Button asChild variant="primary">
                <Link href="/listings">Go to the listings</Link>
              </Button>
            }
            className="py-16"
          />
        </Card>
      ) : (
        <ChooseListing
          photos={photos}
          onDiscard={() => void discard(photos).then(() => setPhotos([]))}
        />
      )}
    </div>
  );
}

const discard = (photos: readonly SharedPhoto[]) =>
  sharedPhotos.delete(...photos.map(({ id }) => id)).catch(() => undefined);

type ChooseProps = { photos: readonly SharedPhoto[]; onDiscard: () => void };

function ChooseListing({ photos, onDiscard }: ChooseProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const addTo = useUploadDesk();
  const kept = useUploadsKept();
  const listings = useQuery(trpc.listing.list.queryOptions({ limit: 50 }));
  const items = listings.data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const listingId = chosen ?? items[0]?.id;
  if (listings.error && !listings.data) {
    return <LoadFailed title="Your listings could not be loaded" queries={[listings]} />;
  }
  const add = async () => {
    if (listingId === undefined) return;
    addTo(
      listingId,
      photos.map(({ file }) => file),
    );
    // Not before the browser keeps them as uploads: a page that ends in between would lose them.
    await kept();
    await discard(photos);
    router.push(`/listings/${listingId}`);
  };
  const size = photos.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <Card>
      <CardBody>
        <p className="text-muted-foreground text-sm tabular-nums">
          {counted(photos.length, 'photo')} · {formatBytes(size)}
        </p>
        <ul aria-label="Photos" className="mt-4 grid grid-cols-4 gap-2 sm:grid-cols-6">
          {photos.slice(0, shown).map((photo) => (
            <SharedThumb key={photo.id} photo={photo} />
          ))}
        </ul>
        {items.length > 0 ? (
          <Field label="Listing" className="mt-5">
            {(control) => (
              <Select
                {...control}
                value={listingId}
                onChange={({ target }) => setChosen(target.value)}
              >
                {items.map(({ id, address }) => (
                  <option key={id} value={id}>
                    {address}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <p className="mt-5 text-sm">
            {listings.data
              ? 'There is no listing yet. Make one; the photos wait here.'
              : 'Looking for your listings…'}
          </p>
        )}
      </CardBody>
      <CardFooter>
        <Button variant="ghost" onClick={onDiscard}>
          Discard
        </Button>
        {listings.data && items.length === 0 ? (
          <Button asChild variant="primary">
            <Link href="/listings">Make a listing</Link>
          </Button>
        ) : (
          <Button variant="primary" disabled={listingId === undefined} onClick={() => void add()}>
            Add to the listing
          </Button>
        )}
      </CardFooter>
    </Card>
  );
}

function SharedThumb({ photo: { file } }: { photo: SharedPhoto }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <li className="aspect-3/2 overflow-hidden rounded-md bg-canvas">
      {url ? (
        // biome-ignore lint/performance/noImgElement: a file in this browser, which no server can resize
        <img src={url} alt={file.name} className="size-full object-cover" />
      ) : null}
    </li>
  );
}
