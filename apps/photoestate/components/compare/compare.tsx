'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { useQuery } from '@tanstack/react-query';
import { ImageOff } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import type { Side } from '../../lib/compare/sides.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { sceneOfPath } from '../../lib/compare/strip.ts';
import { viewText } from '../../lib/compare/view.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import { noteViewed } from '../../lib/table-place.ts';
import { type Enhancement, type Scene, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { useRequests, useScenes } from '../worktable/listing-live.tsx';
import { useTabTitle } from '../worktable/use-scene-news.ts';
import { CompareSkeleton } from './compare-skeleton.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { Inspector } from './inspector.tsx';
import { Spoken } from './spoken.tsx';
import { Stage } from './stage.tsx';
import { StageNotice } from './stage-notice.tsx';
import { useChoice } from './use-choice.ts';

type Props = { listingId: string; sceneId: string };

export function Compare({ listingId, sceneId: first }: Props) {
  const trpc = useTRPC();
  // Going from scene to scene changes the address alone.
  const sceneId = sceneOfPath(usePathname()) ?? first;
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const scenes = useScenes(listingId);
  // Who goes back to the table finds this scene there.
  useEffect(() => noteViewed(listingId, sceneId), [listingId, sceneId]);
  if (scenes.isError && !scenes.data) {
    return <LoadFailed title="The scene could not be loaded" queries={[scenes]} />;
  }
  if (!scenes.data) return <CompareSkeleton />;
  const scene = scenes.data.find(({ id }) => id === sceneId);
  if (!scene) {
    return <NoScene listingId={listingId} />;
  }
  return <SceneCompare scene={scene} scenes={scenes.data} address={listing.data?.address ?? ''} />;
}

function NoScene({ listingId }: { listingId: string }) {
  return (
    <>
      <h1 className="sr-only">Scene not found</h1>
      <EmptyState
        icon={<ImageOff />}
        title="This scene is not here"
        description="It may have been merged into another one, or its photos were deleted."
        action={
          <Button asChild variant="primary">
            <Link href={`/listings/${listingId}`}>Back to the listing</Link>
          </Button>
        }
        className="py-24"
      />
    </>
  );
}

/** It stands alone: where it lies in the original is known only when the photo is finished. */
function lookOf(look: NonNullable<Enhancement['firstLook']>, left: Side | undefined): StagePicture {
  // As large as the result will be, so that a zoom holds when it comes.
  const width = left?.picture.size.width ?? look.width;
  const size = { width, height: (width * look.height) / look.width };
  return { label: 'First look', preview: look.url, full: look.url, size };
}

type SceneProps = { scene: Scene; scenes: readonly Scene[]; address: string };

/** The photo is the page: the filmstrip lies below it, the inspector at its right (below, on phones). */
function SceneCompare({ scene, scenes, address }: SceneProps) {
  const choice = useChoice(scene);
  const requests = useRequests(scene.listingId, scenes);
  const { left, right, look, mode, choose } = choice;
  useTabTitle(address ? `${sceneName(scene)} · ${address}` : undefined);
  const name = sceneName(scene);
  return (
    <div className="flex flex-col md:grid md:h-[calc(100dvh-3.5rem-1px)] md:grid-cols-[minmax(0,1fr)_20rem]">
      <h1 className="sr-only">{name}: compare</h1>
      <Spoken scene={scene} scenes={scenes} mode={mode} />
      <div className="flex min-h-0 min-w-0 flex-col">
        {/* One for all scenes: zoom and tools stay while one goes through them. */}
        <Stage
          name={name}
          left={look ? undefined : left?.picture}
          right={look ? lookOf(look, left) : right?.picture}
          mode={mode}
          onMode={(next) => choose({ mode: next })}
          initialView={choice.view}
          onView={(view) => choose({ zoom: viewText(view) })}
          analysis
        >
          <StageNotice scene={scene} />
        </Stage>
        <Filmstrip scenes={scenes} current={scene.id} listingId={scene.listingId} />
      </div>
      <Inspector scene={scene} choice={choice} requests={requests.get(scene.id) ?? []} />
    </div>
  );
}
