import type { StepSettings, TunableStep } from '../../packages/engine/src/index.ts';

/** What each option of a step is for, as docs/engine.md says it. */
export const OPTION_WORDS: {
  readonly [N in TunableStep]: Readonly<Record<Exclude<keyof StepSettings[N], 'enabled'>, string>>;
} = {
  align: {},
  merge: {
    detail: 'how far detail is raised to what the exposure has that shows most of it',
    exposedness: 'exponent of how well an exposure is exposed, against how much it shows',
    target: 'the value (0 black, 1 white) that counts as best exposed',
    singleLift: 'a single photo: EV that its brightened copy lies above it; 0: none',
  },
  windowPull: {},
  lens: { darkening: 'EV by which the lens is known to darken the corners' },
  verticals: { strength: 'share of the tilt that is taken away' },
  whiteBalance: {
    strength: "share of the light's colour that is taken away",
    maxGain: 'largest gain of red or blue against green',
    lightRed: 'red of the light of the listing, log2 against green; see `balanceListing`',
    lightBlue: 'blue of it',
    lightWeight: "how much the listing's light counts against the photo's own",
  },
  tone: {
    brightness: 'luma that the middle of the photo is moved towards',
    strength: 'how far towards it',
    blackClip: 'percent of pixels that may fall on black',
    whiteClip: 'percent of pixels that may come close to white',
    lift: 'how far dim ceilings and corners are opened',
    liftTarget: 'luma of a pale surface in good light',
    localContrast: 'share by which local detail is raised',
    contrast: 'steepness of the middle against the ends',
    saturation: 'factor on colourfulness; 1 leaves it alone',
    richness: 'how far colours grow with their brightness instead of fading',
    calm: 'share by which strong oranges (wood, lamplight) are held back',
  },
  denoise: {},
  sky: {},
  privacy: {
    boxes:
      'up to 100 parts of the photo to blur, `{ left, top, width, height }`, as shares (0 to 1)',
  },
  sharpen: {
    amount: 'strength of the unsharp mask',
    radius: 'its Gaussian sigma, in pixels of full size',
    haloCap: 'how far a pixel may leave the range of its neighbours',
  },
  dusk: { strength: 'how far the light goes from day to dusk' },
};
