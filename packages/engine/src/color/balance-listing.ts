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
 * The light of a scene from that of its exposures, which were all taken in it: their mean, the surer ones
 * first of all, because a dark or washed-out exposure shows less of it. `null` without any.
 */
export function lightOfScene(exposures: readonly SceneLight[]): SceneLight | null {
  if (exposures.length === 0) return null;
  const worth = exposures.map(({ lightSigma }) => 1 / (LEAST_SIGMA ** 2 + lightSigma ** 2));
  const total = worth.reduce((sum, one) => sum + one, 0);
  const mean = (read: (light: SceneLight) => number): number =>
    exposures.reduce((sum, light, i) => sum + (worth[i] ?? 0) * read(light), 0) / total;
  return {
    lightRed: mean(({ lightRed }) => lightRed),
    lightBlue: mean(({ lightBlue }) => lightBlue),
    // Exposures of one view err alike: many are hardly surer than one.
    lightSigma: mean(({ lightSigma }) => lightSigma),
    outdoors: mean(({ outdoors }) => (outdoors ? 1 : 0)) > 0.5,
  };
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
