import type { StepName } from '../steps/step-names.ts';

/** Steps a caller may switch or tune; reading, writing and checking always happen. */
export type TunableStep = Exclude<StepName, 'decode' | 'encode' | 'inspect'>;

/** A switch and, where a step has them, numbers. */
export type StepSettings = {
  align: { enabled: boolean };
  merge: {
    enabled: boolean;
    /** How far (0..1) detail is raised to what the exposure that shows most of it has. */
    detail: number;
    /** Exponent of how well an exposure is exposed, against how much detail it shows. */
    exposedness: number;
    /** The encoded value (0..1) that counts as best exposed. */
    target: number;
    /** For a single photo: how many EV its brightened virtual twin is above it; 0 leaves it alone. */
    singleLift: number;
  };
  windowPull: { enabled: boolean };
  lens: {
    enabled: boolean;
    /** EV by which the lens is known to darken the corners; 0: not at all. It cannot be read from a room. */
    darkening: number;
  };
  verticals: {
    enabled: boolean;
    /** Share of the tilt that is taken away, 0..1. */
    strength: number;
  };
  whiteBalance: {
    enabled: boolean;
    /** Share of the light's colour that is taken away, 0..1. */
    strength: number;
    /** Largest gain a channel may get against green, in scene light. */
    maxGain: number;
    /**
     * The light of the listing's other photos in stops, log2(red / green) and log2(blue / green), and
     * how much of it (0..1) is taken against the photo's own: what `balanceListing` makes of the facts
     * `lightRed`, `lightBlue`, `lightSigma` that this step reports. A weight of 0: the photo for itself.
     */
    lightRed: number;
    lightBlue: number;
    lightWeight: number;
  };
  tone: {
    enabled: boolean;
    /** Luma (0..1) the middle of the photo is moved towards. */
    brightness: number;
    /** How far towards it, 0..1. */
    strength: number;
    /** Percent of pixels that may fall on black, and that may come close to white. */
    blackClip: number;
    whiteClip: number;
    /** How far dim ceilings and corners are opened, 0..1: the share of the gap that is closed to `liftTarget`. */
    lift: number;
    /** Luma (0..1) of a pale surface in good light. */
    liftTarget: number;
    /** Share by which local detail is raised, 0..1. */
    localContrast: number;
    /** Steepness of the middle against the ends, 0..1. */
    contrast: number;
    /** Factor on colourfulness; 1 leaves it alone. */
    saturation: number;
    /** How far colours grow with their brightness, 0..1, instead of fading as on film. */
    richness: number;
    /** Share by which strong oranges, mostly wood and lamplight, are held back, 0..1. */
    calm: number;
  };
  denoise: { enabled: boolean };
  sky: { enabled: boolean };
  privacy: {
    enabled: boolean;
    /** Blurred besides the faces that are found: plates, family photos, documents. */
    boxes: readonly ShareBox[];
  };
  sharpen: {
    enabled: boolean;
    /** Strength of the unsharp mask, 0..2. */
    amount: number;
    /** Gaussian sigma in pixels of the full-size output. */
    radius: number;
    /** How far (0..1) a sharpened pixel may leave the range of its neighbours. */
    haloCap: number;
  };
  dusk: {
    enabled: boolean;
    /** How far the light goes from day to dusk, 0..1. */
    strength: number;
  };
};

/** A part of the finished photo, as shares (0..1) of its width and height. It begins within, and is cut off at the edge. */
export type ShareBox = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

type Range = readonly [min: number, max: number];

/** What each number may be, ends included. Also the list of the numbers that exist. */
export const SETTING_RANGES: {
  readonly [N in TunableStep]: Readonly<
    Record<Exclude<keyof StepSettings[N], 'enabled' | 'boxes'>, Range>
  >;
} = {
  align: {},
  merge: {
    detail: [0, 1],
    exposedness: [0, 4],
    target: [0.2, 0.8],
    singleLift: [0, 3],
  },
  windowPull: {},
  lens: { darkening: [0, 3] },
  verticals: { strength: [0, 1] },
  whiteBalance: {
    strength: [0, 1],
    maxGain: [1, 4],
    lightRed: [-2, 2],
    lightBlue: [-3, 3],
    lightWeight: [0, 1],
  },
  tone: {
    brightness: [0.2, 0.9],
    strength: [0, 1],
    blackClip: [0, 5],
    whiteClip: [0, 5],
    lift: [0, 1],
    liftTarget: [0.3, 0.95],
    localContrast: [0, 1],
    contrast: [0, 1],
    saturation: [0, 2],
    richness: [0, 1],
    calm: [0, 1],
  },
  denoise: {},
  sky: {},
  privacy: {},
  sharpen: { amount: [0, 2], radius: [0.3, 3], haloCap: [0, 0.5] },
  dusk: { strength: [0, 1] },
};
