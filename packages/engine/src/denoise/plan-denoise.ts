import { measureNoise, NOISE_LEVELS, type Noise, type NoiseSource } from './measure-noise.ts';

/** How noise is taken out of a photo's full-size planes. */
export type DenoisePlan = {
  readonly noise: Noise;
  readonly luma: Smoothing | null;
  readonly cb: Smoothing | null;
  readonly cr: Smoothing | null;
};

/** What is done to one plane. */
export type Smoothing = {
  /** Samples the window reaches to each side. */
  readonly radius: number;
  /** Variance of noise (1 is full scale) at evenly spaced values of the plane's own samples. */
  readonly variances: Float32Array;
  /** Share of the change that is made, 0..1. */
  readonly strength: number;
};

/** Noise (of 255) that begins to be taken out, and is fully from the second number on. Clean photos measure 0.2 to 1.4, and 0.5 in chroma. */
const LUMA_SEEN = [1.8, 3] as const;
const CHROMA_SEEN = [0.9, 1.5] as const;

/** Luma keeps some grain: a wall without any looks painted. Coloured blotches nobody misses. */
const LUMA_STRENGTH = 0.65;
const LUMA_RADIUS = 2;
const CHROMA_RADIUS = 4;

/** Entries of `variances`: from black to white, or from -0.5 to 0.5 for chroma. */
export const VARIANCES = 65;

/** Decides what to do against the noise of a photo; `null`: nothing, there is none to speak of. */
export function planDenoise(source: NoiseSource): DenoisePlan | null {
  const noise = measureNoise(source);
  const plan = {
    noise,
    luma: smoothLuma(noise),
    cb: smoothChroma(noise.cb),
    cr: smoothChroma(noise.cr),
  };
  return plan.luma === null && plan.cb === null && plan.cr === null ? null : plan;
}

function smoothLuma({ luma, byLevel }: Noise): Smoothing | null {
  const strength = LUMA_STRENGTH * rampOf(luma * 255, LUMA_SEEN);
  if (strength === 0) return null;
  const variances = Float32Array.from({ length: VARIANCES }, (_, i) => {
    const place = (i / (VARIANCES - 1)) * NOISE_LEVELS - 0.5;
    const level = Math.min(NOISE_LEVELS - 1, Math.max(0, Math.floor(place)));
    const share = Math.min(1, Math.max(0, place - level));
    const here = byLevel[level] ?? luma;
    const next = byLevel[Math.min(NOISE_LEVELS - 1, level + 1)] ?? luma;
    return (here + share * (next - here)) ** 2;
  });
  return { radius: LUMA_RADIUS, variances, strength };
}

function smoothChroma(sigma: number): Smoothing | null {
  const strength = rampOf(sigma * 255, CHROMA_SEEN);
  if (strength === 0) return null;
  return {
    radius: CHROMA_RADIUS,
    variances: new Float32Array(VARIANCES).fill(sigma * sigma),
    strength,
  };
}

function rampOf(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
