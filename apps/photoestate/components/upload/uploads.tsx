'use client';

import { DropOverlay } from '@repo/ui/drop-overlay';
import { toast } from '@repo/ui/toaster';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, usePathname } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { photoFiles } from '../../lib/upload/photo-files.ts';
import { sortOut } from '../../lib/upload/refusals.ts';
import { type OpenUploads, type PhotoUploader, UploadDesk } from '../../lib/upload/upload-desk.ts';
import { useUploadSnapshot } from '../../lib/upload/use-upload-snapshot.ts';
import { UploadTray } from './upload-tray.tsx';
import { useTrayRoom } from './use-tray-room.ts';

const DeskContext = createContext<UploadDesk | null>(null);

/** Other pages are closed at any time: what they leave is taken up by one that is open. */
const lookForLeft = 15_000;

/** Keeps every listing's uploads going while a person walks through the pages. */
export function Uploads({ userId, children }: { userId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { listingId: here } = useParams<{ listingId?: string }>();
  const path = usePathname();
  const tray = useRef<HTMLDivElement>(null);
  useTrayRoom(tray);
  const [desk] = useState(
    () =>
      new UploadDesk({
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
  useEffect(() => {
    void desk.restore();
    const timer = setInterval(() => void desk.restore(), lookForLeft);
    return () => clearInterval(timer);
  }, [desk]);
  const open = useSyncExternalStore(desk.subscribe, desk.list, desk.list);
  return (
    <DeskContext value={desk}>
      <div className="pb-[var(--tray,0px)]">{children}</div>
      <div
        ref={tray}
        className="pointer-events-none fixed inset-x-2 bottom-2 z-40 flex flex-col gap-2 *:pointer-events-auto sm:left-auto sm:right-4 sm:bottom-4 sm:w-96"
      >
        {open.map((uploads) => (
          <UploadTray
            key={uploads.listingId}
            open={uploads}
            isElsewhere={uploads.listingId !== here}
            isAside={path !== `/listings/${uploads.listingId}`}
            onFiles={(files) => addTo(desk, uploads, files)}
            onRefusalsSeen={() => desk.refuse(uploads.listingId, [])}
          />
        ))}
      </div>
      {open.map(({ listingId, uploader }) => (
        <LeaveGuard key={listingId} uploader={uploader} />
      ))}
    </DeskContext>
  );
}

/** What of a drop may go is looked at and queued; what may not is said at once. */
function addTo(desk: UploadDesk, { listingId, uploader, intake }: OpenUploads, files: File[]) {
  const photos = photoFiles(files);
  if (photos.length === 0) {
    toast.info('There are no photos in what you dropped.');
    return;
  }
  const { taken, refused } = sortOut(photos, uploader.getSnapshot().rules);
  desk.refuse(listingId, refused);
  const input = { listingId };
  intake.take(taken.map((file) => ({ file, input })));
}

/** Asks before the page is closed, but only while something is on its way. */
function LeaveGuard({ uploader }: { uploader: PhotoUploader }) {
  const { active } = useUploadSnapshot(uploader);
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [active]);
  return null;
}

/** Adds files to the queue of any listing. */
export function useUploadDesk(): (listingId: string, files: File[]) => void {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useUploadDesk needs Uploads above it');
  return (listingId, files) => addTo(desk, desk.at(listingId), files);
}

/** The upload queue of one listing, and how files get into it. */
export function useListingUploads(listingId: string) {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useListingUploads needs Uploads above it');
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
