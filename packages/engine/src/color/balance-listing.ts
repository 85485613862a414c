import type { Light } from './light.ts';
import type { WhiteBalanceSettings } from './plan-white-balance.ts';

/** What the step `whiteBalance` reports of a scene, as its facts have it. */
export type SceneLight = {
  readonly lightRed: number;
  readonly lightBlue: number;
  /** Standard deviation of the estimate in stops. */
  readonly lightSigma: number;
  readonly outdoors: boolean;
};

/** What an inspection finds of one exposure. */
export type FrameLight = SceneLight & {
  /** How well exposed it is, 0..1. */
  readonly exposed: number;
};

/** A scene of which the step said that it is neutral already. */
const NEUTRAL_SCENE: SceneLight = { lightRed: 0, lightBlue: 0, lightSigma: 0.05, outdoors: false };

/** The part of the options of `whiteBalance` that a listing sets for one of its scenes. */
export type ListingLight = Pick<WhiteBalanceSettings, 'lightRed' | 'lightBlue' | 'lightWeight'>;

/** Lights of two photos that are closer than this (stops) may be one: same lamps, same weather. */
const SAME_LIGHT = 0.22;

/** How sure of the group a photo must be: its own estimate is worth as much as this many others. */
const OWN_WORTH = 0.5;

/** No estimate is surer than this (stops), whatever its own spread says. */
const LEAST_SIGMA = 0.05;

/** Rounds of mean shift; lights that resemble each other have met by then. */
const ROUNDS = 8;

/**
 * Photos of one house were mostly taken under one light with one balance, so they are balanced
 * alike: a wall must not drift from warm to cool from room to room. For each scene, in the given
 * order (`null`: it was neutral already), the options to render it with: the light that the photos like it agree on (mean shift: Comaniciu & Meer, PAMI 2002; the
 * surer count more) and how much of it to take. Rooms with lamps of their own keep their own light.
 */
export function balanceListing(scenes: readonly (SceneLight | null)[]): readonly ListingLight[] {
  const lights = scenes.map((scene) => scene ?? NEUTRAL_SCENE);
  return lights.map((own) => {
    const peers = lights.filter(({ outdoors }) => outdoors === own.outdoors);
    let shared: Light = { red: own.lightRed, blue: own.lightBlue };
    for (let round = 0; round < ROUNDS; round++) shared = meanAround(shared, peers).light;
    const others = meanAround(shared, peers).worth / sureness(own) - 1;
    const weight = Math.max(0, others) / (Math.max(0, others) + OWN_WORTH);
    return { lightRed: shared.red, lightBlue: shared.blue, lightWeight: weight };
  });
}

/**
 * The light of a scene: that of the exposure most like a finished photo. In dark ones lamps and windows have
 * the say, in bright ones what is left of the shadows. `null` without any exposure.
 */
export function lightOfScene(exposures: readonly FrameLight[]): SceneLight | null {
  const [first, ...others] = exposures;
  if (first === undefined) return null;
  const best = others.reduce((best, next) => (next.exposed > best.exposed ? next : best), first);
  const { lightRed, lightBlue, lightSigma, outdoors } = best;
  return { lightRed, lightBlue, lightSigma, outdoors };
}

function meanAround(
  center: Light,
  scenes: readonly SceneLight[],
): { readonly light: Light; readonly worth: number } {
  let [red, blue, worth] = [0, 0, 0];
  for (const scene of scenes) {
    const light = { red: scene.lightRed, blue: scene.lightBlue };
    const weight = likeness(center, light) * sureness(scene);
    red += weight * light.red;
    blue += weight * light.blue;
    worth += weight;
  }
  return { light: { red: red / worth, blue: blue / worth }, worth };
}

function likeness(one: Light, other: Light): number {
  const distance2 = (one.red - other.red) ** 2 + (one.blue - other.blue) ** 2;
  return Math.exp(-distance2 / (2 * SAME_LIGHT ** 2));
}

function sureness({ lightSigma }: SceneLight): number {
  return 1 / (LEAST_SIGMA ** 2 + lightSigma ** 2);
}
