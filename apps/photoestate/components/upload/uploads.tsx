'use client';

import { DropOverlay } from '@repo/ui/drop-overlay';
import { toast } from '@repo/ui/toaster';
import { useDesk } from '@repo/ui/uploads';
import { UploadTrays } from '@repo/ui/uploads/upload-trays';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useParams, usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { acceptedPhotos, photoFiles } from '../../lib/upload/photo-files.ts';
import { sortOut } from '../../lib/upload/refusals.ts';
import {
  createPhotoDesk,
  type PhotoDesk,
  type PhotoUploads,
  photoWords,
} from '../../lib/upload/upload-desk.ts';

const DeskContext = createContext<PhotoDesk | null>(null);

/** Keeps every listing's uploads going while a person walks through the pages. */
export function Uploads({ userId, children }: { userId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { listingId: here } = useParams<{ listingId?: string }>();
  const path = usePathname();
  const [desk] = useState(() =>
    createPhotoDesk({
      userId,
      arrived: (listingId) => {
        void queries.invalidateQueries({ queryKey: trpc.photo.list.queryKey({ listingId }) });
      },
      findKnown: async (listingId, digests) => {
        const known = await client.photo.findKnown.mutate({ listingId, digests });
        return new Map(known.map(({ sha256, name }) => [sha256, name]));
      },
    }),
  );
  const open = useDesk(desk);
  return (
    <DeskContext value={desk}>
      <div className="pb-[var(--tray,0px)]">{children}</div>
      <UploadTrays
        open={open}
        words={photoWords}
        accept={acceptedPhotos}
        wayTo={(listingId) =>
          listingId === here ? null : (
            <Link href={`/listings/${listingId}`} className="text-link underline">
              Open the listing
            </Link>
          )
        }
        isAside={(listingId) => path !== `/listings/${listingId}`}
        onFiles={(listingId, files) => addTo(desk, desk.at(listingId), files)}
        onRefusalsSeen={(listingId) => desk.refuse(listingId, [])}
      />
    </DeskContext>
  );
}

/** What of a drop may go is looked at and queued; what may not is said at once. */
function addTo(desk: PhotoDesk, { place, uploader, intake }: PhotoUploads, files: File[]) {
  const photos = photoFiles(files);
  if (photos.length === 0) {
    toast.info('There are no photos in what you dropped.');
    return;
  }
  const { taken, refused } = sortOut(photos, uploader.getSnapshot().rules);
  desk.refuse(place, refused);
  const input = { listingId: place };
  intake.take(taken.map((file) => ({ file, input })));
}

function useDeskAbove(): PhotoDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('uploading needs Uploads above it');
  return desk;
}

/** Adds files to the queue of any listing. */
export function useUploadDesk(): (listingId: string, files: File[]) => void {
  const desk = useDeskAbove();
  return (listingId, files) => addTo(desk, desk.at(listingId), files);
}

/** Resolves once the browser keeps everything that was added until then. */
export function useUploadsKept(): () => Promise<void> {
  const desk = useDeskAbove();
  return () => desk.written();
}

/** The upload queue of one listing, and how files get into it. */
export function useListingUploads(listingId: string) {
  const desk = useDeskAbove();
  const open = desk.at(listingId);
  return { uploader: open.uploader, add: (files: File[]) => addTo(desk, open, files) };
}

/** The whole window takes photos and folders for this listing, by drop or paste. */
export function DropPhotos({ listingId }: { listingId: string }) {
  const trpc = useTRPC();
  const { uploader, add } = useListingUploads(listingId);
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  useEffect(() => {
    void uploader.loadRules();
  }, [uploader]);
  if (!listing.data) return null;
  return (
    <DropOverlay
      onFiles={add}
      title={`Drop photos for ${listing.data.address}`}
      description="JPEG, RAW, HEIC, TIFF, PNG, WebP or AVIF, and whole folders. Brackets are grouped by themselves."
    />
  );
}
