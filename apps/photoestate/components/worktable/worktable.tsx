'use client';

import type { OpenedListing } from '@repo/photoestate/runtime';
import { EmptyState } from '@repo/ui/empty-state';
import { useQuery } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { starsOf } from '../../lib/compare/strip.ts';
import { byBrightness } from '../../lib/exposure.ts';
import type { FirstView } from '../../lib/first-view.ts';
import { counted } from '../../lib/listing-status.ts';
import { sceneAfter, withoutPhotos } from '../../lib/scene-edits.ts';
import { describeError, type Listing, type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';
import { BatchBar } from '../batch/batch-bar.tsx';
import { Batches } from '../batch/batches.tsx';
import { SelectionProvider } from '../batch/selection.tsx';
import { StarFilter } from '../compare/star-filter.tsx';
import { LikedFilter, useLiked } from '../deliver/liked-filter.tsx';
import { Known } from '../known.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { RequestFilter } from '../requests/request-filter.tsx';
import { isInReview, ReviewFilter, useOnly } from '../review/review-filter.tsx';
import { UploadButton } from '../upload/upload-button.tsx';
import { DragGhost, NewSceneTarget } from './drag-layer.tsx';
import { SplitNotice, UngroupedNotice } from './grouping-notices.tsx';
import { usePhotos, useRequests, useScenes } from './listing-live.tsx';
import { MoveMenu } from './move-menu.tsx';
import { ArrivingPhotos, RefusedPhotos } from './other-photos.tsx';
import { Peek } from './peek.tsx';
import { SceneGrid } from './scene-grid.tsx';
import {
  type MoveQuestion,
  newSceneTarget,
  TableContext,
  type TableValue,
} from './table-context.tsx';
import { TablePlaceKeeper } from './table-place.tsx';
import { useFrameDrag } from './use-frame-drag.ts';
import { useFrameFocus } from './use-frame-focus.ts';
import { useHeldDeletions } from './use-held-deletions.ts';
import { useSceneNews } from './use-scene-news.ts';
import { useTableEdits } from './use-table-edits.ts';
import { useTableKeys } from './use-table-keys.ts';
import { WorktableHeader } from './worktable-header.tsx';
import { WorktableSkeleton } from './worktable-skeleton.tsx';

type Props = {
  listingId: string;
  /** What came along with the page. */
  first: FirstView<OpenedListing> | undefined;
};

export function Worktable({ listingId, first }: Props) {
  const trpc = useTRPC();
  const content = <Content listingId={listingId} />;
  if (first === undefined) return content;
  const { listing, scenes, photos, requests } = first.data;
  const entries = [
    [trpc.listing.get.queryKey({ listingId }), listing],
    [trpc.scene.list.queryKey({ listingId }), scenes],
    [trpc.photo.list.queryKey({ listingId }), photos],
    [trpc.delivery.requests.queryKey({ listingId }), requests],
  ] as const;
  return (
    <Known entries={entries} at={first.at}>
      {content}
    </Known>
  );
}

function Content({ listingId }: { listingId: string }) {
  const trpc = useTRPC();
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const scenes = useScenes(listingId);
  const photos = usePhotos(listingId);
  const failed = [listing, scenes, photos].find((query) => query.isError && !query.data);
  if (failed) {
    const { code } = describeError(failed.error);
    return (
      <LoadFailed
        title={
          code === 'not_found' ? 'This listing is not here' : 'The listing could not be loaded'
        }
        queries={[listing, scenes, photos]}
      />
    );
  }
  if (!listing.data || !scenes.data || !photos.data) return <WorktableSkeleton />;
  return <Table listing={listing.data} scenes={scenes.data} photos={photos.data} />;
}

type TableProps = {
  listing: Listing;
  scenes: Scene[];
  photos: Photo[];
};

function Table({ listing, scenes: allScenes, photos: allPhotos }: TableProps) {
  const [spoken, setSpoken] = useState('');
  const [question, setQuestion] = useState<MoveQuestion | null>(null);
  const [pointedAt, pointAt] = useState<string | null>(null);
  // The same words twice in a row are said twice.
  const announce = useCallback(
    (text: string) => setSpoken((last) => (last === text ? `${text}\u00a0` : text)),
    [],
  );
  const edits = useTableEdits(listing.id, announce);
  const { hidden, deletePhoto, deleteScenes } = useHeldDeletions(listing.id, announce);
  const scenes = useMemo(() => withoutPhotos(allScenes, hidden), [allScenes, hidden]);
  const requests = useRequests(listing.id, scenes);
  const [onlyReview, setOnlyReview] = useOnly('review');
  const [onlyRequests, setOnlyRequests] = useOnly('requests');
  const wanted = scenes.filter(
    (scene) => (!onlyReview || isInReview(scene)) && (!onlyRequests || requests.has(scene.id)),
  );
  const stars = starsOf(useSearchParams());
  // Nobody asks for what is empty: the last one was dealt with.
  const asked = wanted.length > 0 ? wanted : scenes;
  const starred = stars > 0 ? asked.filter(({ rating }) => rating >= stars) : asked;
  const liked = useLiked(listing.id);
  const shown = liked ? starred.filter(({ id }) => liked.sceneIds.includes(id)) : starred;
  const photos = allPhotos.filter(({ id }) => !hidden.has(id));

  const { reveal, focusFrame } = useFrameFocus(shown);
  const movePhoto = useFocusFollowing({ scenes, focusFrame }, edits.movePhoto);
  const drop = (photo: Photo, to: string) => movePhoto(photo, to === newSceneTarget ? null : to);
  const { held, target, ghost, grab } = useFrameDrag(drop);
  // After the menu or the bar that it was chosen from has given the focus back, or went.
  const goOnAt = (scene: Scene | undefined) =>
    void setTimeout(() => focusFrame(byBrightness(scene?.photos ?? [])[0]?.id), 0);
  const value: TableValue = {
    listingId: listing.id,
    scenes,
    requests,
    announce,
    movePhoto,
    mergeScenes: (from, into) => {
      if (edits.mergeScenes(from, into)) goOnAt(into);
    },
    splitScene: edits.splitScene,
    deletePhoto: (photo) => {
      edits.editor.undo = deletePhoto(photo);
    },
    deleteScenes: (gone) => {
      const next = sceneAfter(shown, gone);
      edits.editor.undo = deleteScenes(gone);
      goOnAt(next);
    },
    askWhere: setQuestion,
    focusFrame,
    grab,
    held,
    target: held ? target : pointedAt,
    pointAt,
  };
  useTableKeys(value, () => edits.editor.undo?.());
  useSceneNews(listing, scenes, announce);

  return (
    <TableContext value={value}>
      {/* What is not shown is not chosen: it would be paid for unseen. */}
      <SelectionProvider scenes={shown}>
        <TablePlaceKeeper listingId={listing.id} scenes={shown} reveal={reveal} />
        <div className="mx-auto max-w-[112rem] px-4 py-6 pb-32 sm:px-6">
          <WorktableHeader listing={listing} scenes={scenes} photos={photos} />
          <p aria-live="polite" className="sr-only">
            {spoken}
          </p>
          <Batches listingId={listing.id} />
          {photos.length === 0 ? <NoPhotos listingId={listing.id} /> : null}
          <ArrivingPhotos photos={photos} />
          <UngroupedNotice listingId={listing.id} scenes={scenes} />
          <SplitNotice listingId={listing.id} scenes={scenes} />
          <ReviewFilter
            scenes={scenes}
            listingId={listing.id}
            only={onlyReview}
            onChange={setOnlyReview}
          />
          <RequestFilter
            listingId={listing.id}
            requests={requests}
            only={onlyRequests}
            onChange={setOnlyRequests}
          />
          {liked ? <LikedFilter key={liked.visitorId} liked={liked} scenes={scenes} /> : null}
          {stars > 0 || scenes.some(({ rating }) => rating > 0) ? (
            <p className="mt-6 flex items-center gap-2 text-muted-foreground text-sm tabular-nums">
              <StarFilter stars={stars} />
              {stars > 0 ? `${shown.length} of ${counted(scenes.length, 'scene')}` : null}
            </p>
          ) : null}
          {scenes.length > 0 ? <SceneGrid scenes={shown} reveal={reveal} /> : null}
          <RefusedPhotos photos={photos} />
        </div>
        <BatchBar listingId={listing.id} scenes={shown} />
      </SelectionProvider>
      <Peek scenes={shown} reveal={reveal} />
      <MoveMenu question={question} onClose={() => setQuestion(null)} />
      <NewSceneTarget />
      <DragGhost ref={ghost} />
    </TableContext>
  );
}

const followFor = 3000;

type Frames = { scenes: readonly Scene[]; focusFrame: TableValue['focusFrame'] };

/** A moved frame is drawn anew in its other scene, twice when that is new: the focus goes with it. */
function useFocusFollowing({ scenes, focusFrame }: Frames, movePhoto: TableValue['movePhoto']) {
  const follow = useRef({ photoId: '', until: 0 });
  useEffect(() => {
    const lost = scenes.length > 0 && document.activeElement === document.body;
    if (lost && Date.now() < follow.current.until) focusFrame(follow.current.photoId);
  }, [scenes, focusFrame]);
  return (photo: Photo, sceneId: string | null) => {
    follow.current = { photoId: photo.id, until: Date.now() + followFor };
    movePhoto(photo, sceneId);
  };
}

function NoPhotos({ listingId }: { listingId: string }) {
  return (
    <div className="mt-6 rounded-lg border border-border-strong border-dashed">
      <EmptyState
        icon={<ImageUp />}
        title="Drop the shoot here"
        description="Photos or whole folders, anywhere on this page. Exposures of the same view are put together by time and brightness."
        action={<UploadButton listingId={listingId} label="Choose photos" variant="primary" />}
        className="py-24"
      />
    </div>
  );
}
