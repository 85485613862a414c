import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import { estimateLight, type LightEstimate } from './estimate-light.ts';
import { type Light, lightFrom, NEUTRAL, tintOf, warmthOf } from './light.ts';
import { type LightField, lightField } from './light-field.ts';
import { type ChannelGains, gainsFor } from './mapping.ts';
import { type SceneChroma, sceneChroma } from './scene-chroma.ts';
import { smallScene } from './small-scene.ts';
import { whitePoint } from './surface-prior.ts';

export type WhiteBalanceSettings = {
  /** Share of the light's colour that is taken away, 0..1. */
  readonly strength: number;
  /** Largest factor of a channel against green, in scene light. */
  readonly maxGain: number;
  /** The light of the listing's other photos, in stops as in Light (see balanceListing) ... */
  readonly lightRed: number;
  readonly lightBlue: number;
  /** ... and how much of it is taken against the photo's own, 0..1. */
  readonly lightWeight: number;
};

/** Plain data; `applyWhiteBalance` carries it out at any size. */
export type WhiteBalancePlan = {
  /** Changes of red, green and blue scene light, for the cooler light and for the warmer one. */
  readonly gains: readonly [ChannelGains] | readonly [ChannelGains, ChannelGains];
  /** Share (0..1) of the second gains, a small plane over the whole photo; `null`: one light. */
  readonly share: Plane | null;
  readonly estimate: LightEstimate;
  /** Stops of warmth between the two lights; 0 for one. */
  readonly spread: number;
};

/** Of casts as small as this (stops), half is taken for the photographer's choice and kept. */
const SMALL_CAST = 0.09;

/** Shares of a warm and of a magenta light that are taken away outdoors, where both are the evening's. */
const OUTDOORS_WARM = 0.2;
const OUTDOORS_MAGENTA = 0.15;

/**
 * Up to this warmth (stops) a light is taken away whole, of what is above a part stays: an eye does
 * not adapt to strong lamplight completely either, and pale yellow walls that pass for white ones
 * must not turn blue.
 */
const WHOLLY_REMOVED = 0.95;
const REMOVED_ABOVE = 0.75;

/**
 * Lights closer together than this (stops of warmth) count as one; from twice this on as two. A lamp
 * and a window are 1 to 1.5 apart; what differs less is as often a painted wall.
 */
const TWO_LIGHTS = 0.35;

/** Cells with less to go by have no say in what the two lights are. */
const MIN_TRUST = 0.3;

/** Decides how the colour of the light is taken off a photo; `picture` may be a reduced copy. */
export function planWhiteBalance(
  picture: Picture,
  settings: WhiteBalanceSettings,
): WhiteBalancePlan {
  const chroma = sceneChroma(smallScene(picture));
  const estimate = estimateLight(chroma);
  const light = withListing(estimate.light, settings);
  const lights = estimate.outdoors ? null : twoLights(chroma, light, settings.lightWeight);
  const limited = (one: Light): ChannelGains =>
    limitGains(
      gainsFor(lightToRemove(one, estimate.outdoors, settings.strength)),
      settings.maxGain,
    );
  if (lights === null) return { gains: [limited(light)], share: null, estimate, spread: 0 };
  return {
    gains: [limited(lights.cool), limited(lights.warm)],
    share: lights.share,
    estimate,
    spread: warmthOf(lights.warm) - warmthOf(lights.cool),
  };
}

function withListing(
  own: Light,
  { lightRed, lightBlue, lightWeight }: WhiteBalanceSettings,
): Light {
  return {
    red: own.red + lightWeight * (lightRed - own.red),
    blue: own.blue + lightWeight * (lightBlue - own.blue),
  };
}

/** The part of a light's colour that is a fault. */
function lightToRemove(light: Light, outdoors: boolean, strength: number): Light {
  const [warmth, tint] = [warmthOf(light), tintOf(light)];
  const size2 = offWhite(light) ** 2;
  const share = (strength * size2) / (size2 + SMALL_CAST ** 2);
  const [warm, magenta] = outdoors ? [OUTDOORS_WARM, OUTDOORS_MAGENTA] : [1, 1];
  return lightFrom(
    share * (warmth > 0 ? warm * adapted(warmth) : warmth),
    share * (tint > 0 ? magenta * tint : tint),
  );
}

function adapted(warmth: number): number {
  return Math.min(warmth, WHOLLY_REMOVED + REMOVED_ABOVE * (warmth - WHOLLY_REMOVED));
}

/**
 * Stops that whites are away from where they may be: anywhere from neutral to as warm as the whites
 * of finished photos are. A photo between the two is left alone.
 */
function offWhite(light: Light): number {
  const [red, blue] = [light.red + whitePoint.red, light.blue + whitePoint.blue];
  const along =
    (red * whitePoint.red + blue * whitePoint.blue) / (whitePoint.red ** 2 + whitePoint.blue ** 2);
  const kept = Math.min(1, Math.max(0, along));
  return Math.hypot(red - kept * whitePoint.red, blue - kept * whitePoint.blue);
}

function limitGains([red, , blue]: ChannelGains, most: number): ChannelGains {
  const limit = (gain: number): number => Math.min(most, Math.max(1 / most, gain));
  return [limit(red), 1, limit(blue)];
}

type TwoLights = { readonly cool: Light; readonly warm: Light; readonly share: Plane };

function twoLights(chroma: SceneChroma, light: Light, known: number): TwoLights | null {
  const field = lightField(chroma, light);
  const [low, high] = [quantile(field, 0.04), quantile(field, 0.96)];
  const spread = high - low;
  if (spread < TWO_LIGHTS) return null;
  // Between one light and two the difference fades in, so that no photo is on an edge.
  const sure = Math.min(1, spread / TWO_LIGHTS - 1);
  // Where the light of the whole is known, the two lie around it.
  const middle = known * quantile(field, 0.5);
  const at = (warmth: number): Light => {
    const shift = lightFrom(sure * (warmth - middle), 0);
    return { red: light.red + shift.red, blue: light.blue + shift.blue };
  };
  const share = createPlane(field.warmth.width, field.warmth.height);
  for (let i = 0; i < share.data.length; i++)
    share.data[i] = Math.min(1, Math.max(0, ((field.warmth.data[i] as number) - low) / spread));
  return { cool: at(low), warm: at(high), share };
}

/** Warmth below which `share` of the field lies, where there is something to go by. */
function quantile({ warmth, trust }: LightField, share: number): number {
  const known = warmth.data.filter((_, i) => (trust.data[i] as number) > MIN_TRUST).sort();
  if (known.length === 0) return 0;
  return known[Math.min(known.length - 1, Math.floor(share * known.length))] as number;
}

/** Leaves everything as it is. */
export const NO_BALANCE: WhiteBalancePlan = {
  gains: [[1, 1, 1]],
  share: null,
  estimate: { light: NEUTRAL, warmthSigma: 0, tintSigma: 0, outdoors: false },
  spread: 0,
};
