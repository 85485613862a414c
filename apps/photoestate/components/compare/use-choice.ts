'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { middleExposure } from '../../lib/exposure.ts';
import { type Enhancement, type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';

export type Choice = {
  /** The exposure that stands for the original. */
  before: Photo | undefined;
  /** The finished version on the stage. */
  version: Enhancement | undefined;
  /** What comes first of the version that is being made; it stands on the stage until that is there. */
  look: Enhancement['firstLook'];
  /** Every finished version, newest first. */
  versions: readonly Enhancement[];
  choose: (change: { before?: string; version?: string }) => void;
};

/** What is compared with what lives in the URL: sharing the link shows the same two pictures. */
export function useChoice(scene: Scene): Choice {
  const trpc = useTRPC();
  const params = useSearchParams();
  const all = useQuery(trpc.enhancement.listForScene.queryOptions({ sceneId: scene.id }));
  const versions = (all.data ?? (scene.result ? [scene.result] : [])).filter(
    ({ status }) => status === 'done',
  );
  const wanted = params.get('version');
  return {
    before:
      scene.photos.find(({ id }) => id === params.get('before')) ?? middleExposure(scene.photos),
    version: versions.find(({ id }) => id === wanted) ?? scene.result ?? undefined,
    // A version that was chosen by hand stays.
    look: wanted === null ? (scene.enhancement?.firstLook ?? null) : null,
    versions,
    choose: (change) => {
      const query = new URLSearchParams(params);
      for (const [name, value] of Object.entries(change)) query.set(name, value);
      window.history.replaceState(null, '', `?${query.toString()}`);
    },
  };
}
