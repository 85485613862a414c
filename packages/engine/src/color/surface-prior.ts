/**
 * What surfaces look like under a light that the camera is balanced for: how often a colour occurs,
 * by how bright the surface is and where in the picture it lies. A light is likely when, with it
 * taken away, the picture is made of such surfaces (Finlayson, Hordley & Hubel, "Color by
 * Correlation", PAMI 2001). Surfaces spread from white towards wood, beige and brick and hardly at
 * all towards the blue: that is what tells a warm lamp on white paint from beige paint in daylight.
 */

/** A Gaussian in log2(red / green), log2(blue / green). */
type Kind = {
  readonly red: number;
  readonly blue: number;
  readonly sigmaRed: number;
  readonly sigmaBlue: number;
  readonly correlation: number;
  /** How often, not normalised: bright, middle and dark in the upper part, then in the lower. */
  readonly shares: readonly [number, number, number, number, number, number];
};

/**
 * White paint, ceramics and linen send back a little less blue than the rest: L*a*b* (80, -0.5, 2.3)
 * or so. That is where whites are brought.
 */
const WHITE: Kind = {
  red: 0.02,
  blue: -0.12,
  sigmaRed: 0.052,
  sigmaBlue: 0.082,
  correlation: -0.3,
  shares: [6, 0.63, 0.6, 3.5, 0.38, 0.18],
};

const KINDS: readonly Kind[] = [
  WHITE,
  // Pale paint, stone, carpet.
  {
    red: 0.28,
    blue: -0.29,
    sigmaRed: 0.24,
    sigmaBlue: 0.16,
    correlation: -0.7,
    shares: [2.2, 0.085, 0.04, 7.9, 0.037, 0.3],
  },
  // Wood, leather, brick, earth.
  {
    red: 0.8,
    blue: -0.72,
    sigmaRed: 0.46,
    sigmaBlue: 1,
    correlation: -0.6,
    shares: [0.1, 1, 0.19, 0.21, 0.23, 0.4],
  },
  // Cloth and paint of any colour.
  {
    red: 0.32,
    blue: -0.1,
    sigmaRed: 0.31,
    sigmaBlue: 1.8,
    correlation: -0.3,
    shares: [0.11, 0.018, 0.053, 0.074, 0.093, 0.18],
  },
  // Leaves and grass.
  {
    red: -0.33,
    blue: -1.05,
    sigmaRed: 0.2,
    sigmaBlue: 0.42,
    correlation: 0,
    shares: [0.018, 0.036, 0.05, 0.018, 0.088, 0.016],
  },
  // Sky.
  {
    red: -0.7,
    blue: 1.3,
    sigmaRed: 0.52,
    sigmaBlue: 0.74,
    correlation: -0.8,
    shares: [0.12, 0.48, 0.075, 0.06, 0.015, 0.011],
  },
];

/** Anything else. */
const FLOOR = 0.018;

export const BANDS = 6;

/** Above this brightness a surface counts as bright, above the next as middle. */
const BRIGHT = 0.45;
const MIDDLE = 0.12;

/** Share of the height that counts as the upper part: ceilings, walls, sky. */
const UPPER = 0.45;

/** The band of a surface by its brightness (1: the brightest) and its height in the picture (0: top). */
export function bandOf(brightness: number, height: number): number {
  const part = height < UPPER ? 0 : 3;
  if (brightness > BRIGHT) return part;
  return brightness > MIDDLE ? part + 1 : part + 2;
}

/** Log of how common the colour is in every band; written to `into` at `at`, `at + stride` ... */
export function writeLogDensities(
  red: number,
  blue: number,
  { into, at, stride }: { into: Float32Array; at: number; stride: number },
): void {
  const end = at + BANDS * stride;
  for (let i = at; i < end; i += stride) into[i] = FLOOR;
  for (const kind of KINDS) {
    const height = heightOf(kind, red, blue);
    if (height === 0) continue;
    for (let band = 0, i = at; i < end; band++, i += stride)
      into[i] = (into[i] as number) + (kind.shares[band] as number) * height;
  }
  for (let i = at; i < end; i += stride) into[i] = Math.log(into[i] as number);
}

/** Where whites lie, in stops from the light. */
export const whitePoint = { red: WHITE.red, blue: WHITE.blue } as const;

/** How far, in stops, a white surface may be off in warmth and in tint. */
const WHITE_WARMTH = 0.13;
const WHITE_TINT = 0.07;

/** 0..1: how well a surface that far from `whitePoint` passes for white. */
export function whiteness(warmth: number, tint: number): number {
  return Math.exp(-0.5 * ((warmth / WHITE_WARMTH) ** 2 + (tint / WHITE_TINT) ** 2));
}

/** Beyond this squared distance, in sigmas, a kind does not occur. */
const FAR = 30;

function heightOf(kind: Kind, red: number, blue: number): number {
  const { correlation } = kind;
  const a = (red - kind.red) / kind.sigmaRed;
  const b = (blue - kind.blue) / kind.sigmaBlue;
  const rest = 1 - correlation * correlation;
  const distance2 = (a * a - 2 * correlation * a * b + b * b) / rest;
  if (distance2 > FAR) return 0;
  return (
    Math.exp(-distance2 / 2) / (2 * Math.PI * kind.sigmaRed * kind.sigmaBlue * Math.sqrt(rest))
  );
}
