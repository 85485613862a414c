import type { Picture, Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { type BracketLight, logLight, measureLight } from './bracket-light.ts';
import { choosePanes, whyOutdoors } from './choose-panes.ts';
import { measurePatches, type Patch } from './measure-patches.ts';
import { createMask, type Mask, opened } from './morphology.ts';
import { planViews } from './plan-views.ts';
import type { WindowPlan } from './window-plan.ts';

/** A pixel from this luma on is blown in its exposure. */
const BLOWN = 0.955;

export type WindowOutcome =
  | { readonly plan: null; readonly reason: string }
  | {
      readonly plan: WindowPlan;
      /** How much (0..1) of each place shows a view; an eighth of the photo's size. */
      readonly views: Plane;
      readonly facts: WindowFacts;
    };

export type WindowFacts = {
  /** Panes. */
  readonly windows: number;
  /** Share of the photo that shows a view. */
  readonly share: number;
  /** Mean luma of what was blown, before and after, 0..255. */
  readonly lumaBefore: number;
  readonly lumaAfter: number;
  /** EV between the exposure of the room and the darkest one. */
  readonly darker: number;
};

/**
 * Finds the windows that are blown in the exposure of the room, and how to show their view from
 * darker ones. Nothing is made up: without such an exposure there is no plan but a reason.
 * @param overviews aligned, in any order
 * @param photo the merged photo, as large as the overviews
 */
export function planWindow(overviews: readonly Overview[], photo: Picture): WindowOutcome {
  const reason = refusal(overviews, photo);
  if (reason !== null) return none(reason);
  const light = measureLight(overviews);
  if (light === null || light.darker.length === 0)
    return none('No exposure is darker than the one that shows the room.');
  const blown = blownIn(light);
  const solid = opened(blown, 1);
  const pictures = [light.room, ...light.darker].map(
    ({ index }) => (overviews[index] as Overview).picture,
  );
  const ceiling = (light.darker[0]?.darker ?? 0) + logLight(BLOWN);
  const patches = measurePatches(solid, { ...light, pictures, ceiling });
  const windows = choosePanes(patches, solid);
  if (windows.length === 0) return none('No window is blown out.');
  const outdoors = whyOutdoors(patches, solid);
  if (outdoors !== null) return none(outdoors);
  const outcome = planViews({
    ...{ overviews, photo, light, blown },
    windows: maskOf(windows, solid),
    others: maskOf(
      patches.filter((patch) => !windows.includes(patch)),
      solid,
    ),
    windowLight: largestOf(windows).light,
  });
  if (outcome.plan === null) return outcome;
  const { plan, views, share, before, after } = outcome;
  const darker = light.darker[0]?.darker ?? 0;
  const facts = {
    ...{ windows: windows.length, share, darker },
    lumaBefore: before * 255,
    lumaAfter: after * 255,
  };
  return { plan, views, facts };
}

function none(reason: string): WindowOutcome {
  return { plan: null, reason };
}

function refusal(overviews: readonly Overview[], photo: Picture): string | null {
  if (overviews.length < 2) return 'There is only one exposure.';
  const fits = overviews.every(
    ({ luma }) => luma.width === photo.width && luma.height === photo.height,
  );
  return fits ? null : 'The exposures are not of one size.';
}

function blownIn({ room }: BracketLight): Mask {
  const { width, height, data } = room.luma;
  const blown = createMask(width, height);
  for (let i = 0; i < data.length; i++) if ((data[i] as number) >= BLOWN) blown.data[i] = 1;
  return blown;
}

/** A mask of all pixels of some patches, as large as the one they were found in. */
function maskOf(patches: readonly Patch[], { width, height }: Mask): Mask {
  const mask = createMask(width, height);
  for (const { pixels } of patches)
    for (let i = 0; i < pixels.length; i++) mask.data[pixels[i] as number] = 1;
  return mask;
}

function largestOf(patches: readonly Patch[]): Patch {
  return patches.reduce((largest, patch) =>
    patch.pixels.length > largest.pixels.length ? patch : largest,
  );
}
