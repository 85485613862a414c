import { applyWhiteBalance } from '../../../packages/engine/src/color/apply-white-balance.ts';
import {
  balanceListing,
  type SceneLight,
} from '../../../packages/engine/src/color/balance-listing.ts';
import { ciede2000, type Lab, srgbToLab } from '../../../packages/engine/src/color/ciede2000.ts';
import {
  planWhiteBalance,
  type WhiteBalancePlan,
} from '../../../packages/engine/src/color/plan-white-balance.ts';
import { presetSettings } from '../../../packages/engine/src/options/resolve-options.ts';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { cast, randomCast } from './casts.ts';
import { mean, type Photo, plan } from './photos.ts';

/** Rooms of a listing. */
const ROOMS = 8;

/** An encoded white wall, 0..1, under the light that its room is balanced for. */
const WALL = 0.82;

export type ListingResult = {
  /** Largest dE00 between the wall in two rooms, each photo balanced for itself, and as a listing. */
  readonly alone: number;
  readonly together: number;
};

/**
 * Rooms made alike (each balanced as the engine would) and then all put under one light: what
 * becomes of one white wall that is in all of them.
 */
export function measureListing(rooms: readonly Photo[], random: () => number): ListingResult {
  const light = randomCast(random);
  const chosen = Array.from(
    { length: ROOMS },
    () => rooms[Math.floor(random() * rooms.length)],
  ).filter((room) => room !== undefined);
  const pictures = chosen.map(({ picture }) =>
    cast(applyWhiteBalance(picture, plan(picture)), light, 'camera'),
  );
  const wall = createPicture(1, 1);
  wall.data.fill(Math.round(WALL * 65535));
  const lit = cast(wall, light, 'camera');
  const plans = pictures.map(plan);
  const lights = balanceListing(plans.map(lightOf));
  const together = pictures.map((picture, i) =>
    planWhiteBalance(picture, { ...presetSettings('natural').whiteBalance, ...lights[i] }),
  );
  return { alone: spread(lit, plans), together: spread(lit, together) };
}

function lightOf({ estimate }: WhiteBalancePlan): SceneLight {
  const { light, warmthSigma, tintSigma, outdoors } = estimate;
  const lightSigma = Math.hypot(warmthSigma, tintSigma);
  return { lightRed: light.red, lightBlue: light.blue, lightSigma, outdoors };
}

function spread(wall: Picture, plans: readonly WhiteBalancePlan[]): number {
  const labs = plans.map((one) => wallUnder(wall, one));
  return Math.max(...labs.flatMap((a) => labs.map((b) => ciede2000(a, b))));
}

/** Where a room has two lights, the wall is in the middle of them. */
function wallUnder(wall: Picture, decided: WhiteBalancePlan): Lab {
  const share = decided.share;
  const middle = share === null ? 0 : mean([...share.data]);
  const map = { width: 1, height: 1, data: Float32Array.of(middle) };
  const { data } = applyWhiteBalance(wall, { ...decided, share: share === null ? null : map });
  const [red, green, blue] = [...data].map((value) => value / 65535);
  return srgbToLab(red ?? 0, green ?? 0, blue ?? 0);
}
