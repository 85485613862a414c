'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { isStageMode, type StageMode } from '../../lib/compare/modes.ts';
import { chooseSides, type Side, sidesOf } from '../../lib/compare/sides.ts';
import { readView, type View } from '../../lib/compare/view.ts';
import { type Enhancement, type Scene, useTRPC } from '../../lib/trpc.ts';
import { usePresetLabel } from '../enhance/use-presets.ts';

type Change = {
  left?: string;
  right?: string;
  mode?: StageMode;
  /** As `viewText` writes it. */
  zoom?: string | undefined;
};

export type Choice = {
  /** All that can be compared. */
  sides: readonly Side[];
  left: Side | undefined;
  right: Side | undefined;
  /** The finished version that the inspector tells about: at the right, else at the left. */
  version: Enhancement | undefined;
  /** Every finished version, newest first. */
  versions: readonly Enhancement[];
  /** What comes first of the version that is being made; it stands on the stage until that is there. */
  look: Enhancement['firstLook'];
  mode: StageMode;
  /** How the stage was zoomed when the page came; it keeps that itself from then on. */
  view: View;
  choose: (change: Change) => void;
};

/** What is compared, and how, lives in the URL: sharing the link shows the same. */
export function useChoice(scene: Scene): Choice {
  const trpc = useTRPC();
  const params = useSearchParams();
  const labelOf = usePresetLabel();
  const all = useQuery(trpc.enhancement.listForScene.queryOptions({ sceneId: scene.id }));
  const versions = (all.data ?? (scene.result ? [scene.result] : [])).filter(
    ({ status }) => status === 'done',
  );
  const wanted = { left: params.get('left'), right: params.get('right') };
  const sides = sidesOf(scene, versions, labelOf);
  const { left, right } = chooseSides(sides, scene, wanted);
  const versionAt = (side: Side | undefined) => versions.find(({ id }) => id === side?.id);
  const mode = params.get('mode');
  return {
    sides,
    left,
    right,
    version: versionAt(right) ?? versionAt(left),
    versions,
    // A version that was chosen by hand stays.
    look: wanted.right === null ? (scene.enhancement?.firstLook ?? null) : null,
    mode: isStageMode(mode) ? mode : 'slider',
    view: readView(params.get('zoom')),
    choose: (change) => {
      const query = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined || value === 'slider') query.delete(name);
        else query.set(name, value);
      }
      if (query.toString() === window.location.search.slice(1)) return;
      window.history.replaceState(null, '', `?${query.toString()}`);
    },
  };
}
