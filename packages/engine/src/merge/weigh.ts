import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Band } from './bands.ts';
import { along } from './levels.ts';

/**
 * The patch model of Ma et al., "Robust Multi-Exposure Image Fusion: A Structural Patch Decomposition
 * Approach", IEEE TIP 26(5), 2017, taken from patches to the bands of a pyramid: structure is weighted
 * with a power of its strength that grows with how much the exposures agree (Ma, Zeng & Wang, TIP
 * 2015, eqs. 10 and 11), and brought to the strength that the strongest of them has.
 */
export type WeighRule = {
  /** Share (0..1) of the power of a band's own strength; coarse bands follow the exposure instead. */
  readonly ownPower: number;
  /** Power of the strength of everything up to this level: the exposure with the most to see leads. */
  readonly finerPower: number;
  /** How far (0..1) the band is raised towards the strongest exposure. */
  readonly raise: number;
};

/** From fine to coarse, see `along`. */
const OWN_POWER = [1, 1, 0.7, 0.3, 0];
const FINER_POWER = [0, 1.7];

/** Detail has no say. */
export const EXPOSURE_ONLY: WeighRule = { ownPower: 0, finerPower: 0, raise: 0 };

/** @param place the level, seen from a picture of the reference size */
export function ruleAt(place: number, detail: number): WeighRule {
  return {
    ownPower: along(OWN_POWER, place),
    finerPower: along(FINER_POWER, place),
    raise: detail,
  };
}

/** The power of strength where all exposures show the same; the paper allows 10 - 1. */
const MAX_POWER = 5;

/** Strength (0..1) that even a smooth wall has, so that noise alone never decides between exposures. */
const STRENGTH_FLOOR = 0.001;

/** Bands much weaker than this are not raised: most of them is noise, which the mean of exposures calms. */
const NOISE = 0.005;

/** Bands much stronger than this are edges, which need no help; raised, they would get dark and bright rims. */
const EDGE = 0.09;

/** Weights never sum to more: those of the kernels end at 2. */
const MAX_SUM = 1.95;

/** Entries of the table from agreement to power. */
const TABLE = 256;

const POWERS = Float32Array.from({ length: TABLE + 1 }, (_, i) => {
  // The table is over the square of the paper's R.
  const power = Math.tan((Math.PI / 2) * Math.min(Math.sqrt(i / TABLE), 1 - 1e-6));
  return Math.min(MAX_POWER, Math.max(0, power - 1));
});

/** What `weighBand` looks at; planes of one size, one for each exposure. */
export type Votes = {
  readonly band: Band;
  readonly merits: readonly Plane[];
  /** Luma of each exposure and how much brighter ones are preferred; `null`: not at all. */
  readonly tilt: { readonly by: Plane; readonly lumas: readonly Plane[] } | null;
};

export type BandWeights = {
  /** One plane for each exposure. */
  readonly weights: readonly Plane[];
  /** Mean square of the blended detail. */
  readonly energy: Plane;
};

export function weighBand(votes: Votes, rule: WeighRule): BandWeights {
  const { width, height } = votes.band.together;
  const weights = votes.merits.map(() => createPlane(width, height));
  const energy = createPlane(width, height);
  const job: Job = {
    rule,
    energies: votes.band.energies.map(({ data }) => data),
    together: votes.band.together.data,
    leads: leadPlanes(votes, rule),
    weights: weights.map(({ data }) => data),
    energy: energy.data,
  };
  const rows = createRows(width);
  for (let y = 0; y < height; y++) {
    measureRow(job, rows, y * width);
    voteRow(job, rows, y * width);
    scaleRow(job, rows, y * width);
  }
  return { weights, energy };
}

type Job = {
  readonly rule: WeighRule;
  readonly energies: readonly Float32Array[];
  readonly together: Float32Array;
  readonly leads: readonly Float32Array[];
  readonly weights: readonly Float32Array[];
  readonly energy: Float32Array;
};

type Rows = Readonly<
  Record<
    'best' | 'total' | 'squares' | 'power' | 'alike' | 'sum' | 'mixed' | 'mixedSquares',
    Float32Array
  >
>;

function createRows(width: number): Rows {
  const row = () => new Float32Array(width);
  return {
    best: row(),
    total: row(),
    squares: row(),
    power: row(),
    alike: row(),
    sum: row(),
    mixed: row(),
    mixedSquares: row(),
  };
}

/** How strong the exposures are and how much they agree. */
function measureRow({ rule, energies, together }: Job, rows: Rows, from: number): void {
  const { best, total, squares, power, alike } = rows;
  best.fill(0);
  total.fill(0);
  squares.fill(0);
  for (const energy of energies) {
    for (let x = 0; x < best.length; x++) {
      const square = energy[from + x] as number;
      const strength = Math.sqrt(square);
      squares[x] = (squares[x] as number) + square;
      total[x] = (total[x] as number) + strength;
      if (strength > (best[x] as number)) best[x] = strength;
    }
  }
  for (let x = 0; x < best.length; x++) {
    const sum = together[from + x] as number;
    const pairs = (total[x] as number) * (total[x] as number);
    const agreement = Math.min(1, sum / (pairs + 1e-12));
    power[x] = rule.ownPower * (POWERS[(agreement * TABLE + 0.5) | 0] as number);
    const own = squares[x] as number;
    alike[x] = Math.min(1, Math.max(0, (sum - own) / (pairs - own + 1e-9)));
  }
}

/** Votes of all exposures, and what they would come to. */
function voteRow({ rule, energies, leads, weights }: Job, rows: Rows, from: number): void {
  const { best, power, sum, mixed, mixedSquares } = rows;
  sum.fill(0);
  mixed.fill(0);
  mixedSquares.fill(0);
  for (const [k, energy] of energies.entries()) {
    const lead = leads[k] as Float32Array;
    const into = weights[k] as Float32Array;
    for (let x = 0; x < sum.length; x++) {
      const strength = Math.sqrt(energy[from + x] as number);
      let vote = lead[from + x] as number;
      if (rule.ownPower > 0) {
        const share = (strength + STRENGTH_FLOOR) / ((best[x] as number) + STRENGTH_FLOOR);
        vote *= roughPower(share, power[x] as number);
      }
      into[from + x] = vote;
      sum[x] = (sum[x] as number) + vote;
      const part = vote * strength;
      mixed[x] = (mixed[x] as number) + part;
      mixedSquares[x] = (mixedSquares[x] as number) + part * part;
    }
  }
}

/** Brings the votes to weights: a sum of one, raised by what the blend lacks. */
function scaleRow({ rule, weights, energy }: Job, rows: Rows, from: number): void {
  const { best, alike, sum, mixed, mixedSquares } = rows;
  const scale = rows.power;
  for (let x = 0; x < sum.length; x++) {
    const votes = sum[x] as number;
    // What exposures show alike adds up; what each shows alone averages out.
    const alone = mixedSquares[x] as number;
    const all = (mixed[x] as number) * (mixed[x] as number);
    const blended = (alone + (alike[x] as number) * (all - alone)) / (votes * votes);
    const strongest = best[x] as number;
    const lack = (strongest + STRENGTH_FLOOR) / (Math.sqrt(blended) + STRENGTH_FLOOR) - 1;
    const square = strongest * strongest;
    const texture = square / (square + NOISE * NOISE) / (1 + square / (EDGE * EDGE));
    const factor = Math.min(MAX_SUM, 1 + rule.raise * texture * lack);
    energy[from + x] = blended * factor * factor;
    scale[x] = factor / votes;
  }
  for (const into of weights) {
    for (let x = 0; x < sum.length; x++)
      into[from + x] = (into[from + x] as number) * (scale[x] as number);
  }
}

/** What speaks for each exposure besides the band's own strength. */
function leadPlanes({ band, merits, tilt }: Votes, { finerPower }: WeighRule): Float32Array[] {
  if (finerPower === 0 && tilt === null) return merits.map(({ data }) => data);
  const leads = merits.map(({ data }) => data.slice());
  if (finerPower > 0) {
    const best = largestOf(band.upToHere);
    for (const [k, lead] of leads.entries())
      favourStrong(lead, band.upToHere[k] as Plane, { best, power: finerPower / 2 });
  }
  if (tilt !== null)
    for (const [k, lead] of leads.entries()) favourBright(lead, tilt.lumas[k] as Plane, tilt.by);
  return leads;
}

function largestOf(planes: readonly Plane[]): Float32Array {
  const most = new Float32Array(planes[0]?.data.length ?? 0);
  for (const { data } of planes) {
    for (let i = 0; i < most.length; i++)
      if ((data[i] as number) > (most[i] as number)) most[i] = data[i] as number;
  }
  return most;
}

function favourStrong(
  lead: Float32Array,
  { data }: Plane,
  { best, power }: { readonly best: Float32Array; readonly power: number },
): void {
  const floor = STRENGTH_FLOOR * STRENGTH_FLOOR;
  for (let i = 0; i < lead.length; i++) {
    const share = ((data[i] as number) + floor) / ((best[i] as number) + floor);
    if (share < 1) lead[i] = (lead[i] as number) * share ** power;
  }
}

function favourBright(lead: Float32Array, luma: Plane, by: Plane): void {
  for (let i = 0; i < lead.length; i++) {
    const tilt = by.data[i] as number;
    if (tilt !== 0)
      lead[i] = (lead[i] as number) * Math.exp(tilt * ((luma.data[i] as number) - 0.5));
  }
}

const roughFloat = new Float32Array(1);
const roughBits = new Int32Array(roughFloat.buffer);
/** The bits of 1.0. */
const ONE_BITS = 0x3f_80_00_00;

/**
 * `base ** power` within some percent, continuous and exact at 1: the bits of a float are about its
 * logarithm (Schraudolph, "A Fast, Compact Approximation of the Exponential Function", 1999). Weights
 * need no more.
 * @param base 1e-6..1
 * @param power 0..5
 */
function roughPower(base: number, power: number): number {
  roughFloat[0] = base;
  roughBits[0] = ONE_BITS + power * ((roughBits[0] as number) - ONE_BITS);
  return roughFloat[0] as number;
}
