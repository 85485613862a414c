import type { Camera } from './camera.ts';
import { deviation, type Lines, toLines, zoomedLines } from './lines.ts';
import { rotate, rotationBy, solvePositive, type Vector } from './rotation.ts';
import type { Segment } from './segments.ts';

/** The directions of a room as a camera sees them, with what else the lines tell about the camera. */
export type Frame = {
  /** Unit vectors, the vertical (y down) first, then none or two horizontal ones. */
  readonly directions: readonly Vector[];
  readonly k1: number;
  /** Pixels. */
  readonly focal: number;
};

export type FitSettings = {
  /** How surely the start is right: 1 / variance. 0: not at all; Infinity: it must not change. */
  readonly trustK1: number;
  /** Where k1 stays as it is: its standard deviation. Lines that depend on it count less then. */
  readonly spreadK1: number;
  /** The same for the logarithm of the focal length. */
  readonly trustFocal: number;
  /** The same for pitch and roll (radians): photographers hold cameras nearly level. */
  readonly trustLevel: number;
  /** Weight of the lines that follow horizontal directions, against vertical ones. */
  readonly horizontals: number;
};

export type FrameFit = Frame & {
  /** Standard deviations: of the rotation (radians, about x = pitch, y, z = roll), of k1 and of log focal. */
  readonly spread: Readonly<Record<'pitch' | 'roll' | 'k1' | 'focal', number>>;
  /** Length in pixels of the lines that follow each direction. */
  readonly support: readonly number[];
};

/**
 * How far a line may be off, radians: some (walls, doors) are exact, some (curtains, old furniture) are
 * not. And the ends of all are found to part of a pixel.
 */
const STRAIGHT = (0.15 * Math.PI) / 180;
const CROOKED = (0.6 * Math.PI) / 180;
const EXACT_SHARE = 0.7;
const END_ERROR = 0.3;

/** Share of lines that follow none of the directions. */
const STRAY = 0.3;

/** A line of this length in pixels has weight 1. */
const USUAL_LENGTH = 30;

/** The focal length stays within a factor of 1.9 of where it started. */
const MOST_ZOOM = Math.log(1.9);

const ROUNDS = 14;

/** The tolerance is as narrow as it gets after these; then a step below this (radians) is the last. */
const WIDE_ROUNDS = 4;
const SETTLED = 1e-6;

/** Forward difference for the derivatives by k1 and log focal. */
const STEP = 1e-3;

const PARAMETERS = 5;

/** The picture (and what is above and below it in its circle) is cut into this many patches a side. */
const PATCHES = 8;

/**
 * Finds the rotation of the camera against the room, jointly with lens distortion and focal length, by
 * expectation maximisation: every line belongs to each direction with the probability that its deviation
 * suggests, or to none; the deviations are then made small by one Gauss-Newton step. The tolerance
 * starts wide and narrows (annealing), so that the guess need not be good.
 */
export function fitFrame(
  segments: readonly Segment[],
  camera: Camera,
  start: { readonly frame: Frame; readonly settings: FitSettings },
): FrameFit {
  let { directions, k1, focal } = start.frame;
  const { settings } = start;
  const [bends, zooms] = [isOpen(settings.trustK1), isOpen(settings.trustFocal)];
  let straight = straightened(segments, camera, k1);
  let system = emptySystem();
  for (let round = 0; round < ROUNDS; round++) {
    system = emptySystem();
    accumulate(system, {
      lines: zoomedLines(straight.lines, focal),
      bent: zoomedLines(straight.bent, focal),
      zoomed: zooms ? zoomedLines(straight.lines, focal * Math.exp(STEP)) : null,
      directions,
      tolerance: Math.max(1, 4 * 0.65 ** round),
      horizontals: settings.horizontals,
      spreadK1: settings.spreadK1,
      reach: camera.radius / focal,
    });
    addTrust(system, settings, { ...start.frame, now: { directions, k1, focal } });
    const step = solvePositive(system.normal, system.gradient);
    const turn = rotationBy([step[0] as number, step[1] as number, step[2] as number]);
    directions = directions.map((direction) => rotate(turn, direction));
    if (bends) {
      k1 += clamp(step[3] as number, 0.03);
      straight = straightened(segments, camera, k1);
    }
    const zoom = Math.log(focal / start.frame.focal) + clamp(step[4] as number, 0.1);
    focal = start.frame.focal * Math.exp(clamp(zoom, MOST_ZOOM));
    if (round >= WIDE_ROUNDS && step.every((change) => Math.abs(change) < SETTLED)) break;
  }
  return { directions, k1, focal, spread: spreadOf(system), support: system.support };
}

function isOpen(trust: number): boolean {
  return trust !== Number.POSITIVE_INFINITY;
}

/** Lines in pixels from the axis, as the lens should have shown them, and with a little more distortion. */
function straightened(
  segments: readonly Segment[],
  camera: Camera,
  k1: number,
): { lines: Lines; bent: Lines } {
  const pixels = { ...camera, focal: 1 };
  return { lines: toLines(segments, pixels, k1), bent: toLines(segments, pixels, k1 + STEP) };
}

type System = {
  /** Normal equations of the step: three of the rotation, k1, log focal. */
  readonly normal: Float64Array;
  readonly gradient: Float64Array;
  /** What the lines of each patch of the picture add to the gradient, patch by patch. */
  readonly patches: Float64Array;
  readonly support: number[];
};

function emptySystem(): System {
  const cells = PARAMETERS * PARAMETERS;
  return {
    normal: new Float64Array(cells),
    gradient: new Float64Array(PARAMETERS),
    patches: new Float64Array(PATCHES * PATCHES * PARAMETERS),
    support: [],
  };
}

type Evidence = {
  readonly lines: Lines;
  readonly bent: Lines;
  /** Standard deviation of k1 that the tolerance has to allow for. */
  readonly spreadK1: number;
  readonly zoomed: Lines | null;
  readonly directions: readonly Vector[];
  readonly tolerance: number;
  readonly horizontals: number;
  /** Half the diagonal of the picture, in focal lengths. */
  readonly reach: number;
};

function accumulate(system: System, evidence: Evidence): void {
  const { lines, directions } = evidence;
  const count = directions.length;
  const offs = new Float64Array(count);
  const bendings = new Float64Array(count);
  const precisions = new Float64Array(count);
  const chances = new Float64Array(count);
  const row = new Float64Array(PARAMETERS);
  const widening = evidence.tolerance ** 2;
  for (let k = 0; k < count; k++) system.support.push(0);
  for (let i = 0; i < lines.length.length; i++) {
    const length = lines.length[i] as number;
    const ends = (END_ERROR / length) ** 2;
    const exact = STRAIGHT * STRAIGHT + ends;
    const loose = CROOKED * CROOKED + ends;
    let sum = STRAY / Math.PI;
    for (let k = 0; k < count; k++) {
      const direction = directions[k] as Vector;
      const off = deviation(lines, i, direction);
      const bending = (deviation(evidence.bent, i, direction) - off) / STEP;
      const lens = (evidence.spreadK1 * bending) ** 2;
      const narrow = exact * widening + lens;
      const wide = loose * widening + lens;
      const straight = EXACT_SHARE * density(off, narrow);
      const crooked = (1 - EXACT_SHARE) * density(off, wide);
      const prior = (1 - STRAY) / count;
      bendings[k] = bending;
      offs[k] = off;
      chances[k] = prior * (straight + crooked);
      precisions[k] = prior * (straight / narrow + crooked / wide);
      sum += chances[k] as number;
    }
    for (let k = 0; k < count; k++) {
      const share = (chances[k] as number) / sum;
      if (share < 1e-3) continue;
      system.support[k] = (system.support[k] as number) + share * length;
      const bending = bendings[k] as number;
      const off = offs[k] as number;
      derivatives(evidence, { i, direction: directions[k] as Vector, off, bending }, row);
      const patch = patchOf(lines, i, evidence.reach);
      const weight =
        ((precisions[k] as number) / sum) *
        Math.sqrt(length / USUAL_LENGTH) *
        (k === 0 ? 1 : evidence.horizontals);
      add(system, row, { weight, off, patch });
    }
  }
}

/** Of a normal distribution with mean 0. */
function density(off: number, variance: number): number {
  return Math.exp((-off * off) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
}

/** How the deviation of line `i` changes with each parameter. */
function derivatives(
  { lines, zoomed }: Evidence,
  at: {
    readonly i: number;
    readonly direction: Vector;
    readonly off: number;
    readonly bending: number;
  },
  row: Float64Array,
): void {
  const { i, direction, off } = at;
  const dx = lines.dx[i] as number;
  const dy = lines.dy[i] as number;
  const x = lines.x[i] as number;
  const y = lines.y[i] as number;
  const [u, v, w] = direction;
  const tx = u - w * x;
  const ty = v - w * y;
  const scale = 1 / Math.sqrt(tx * tx + ty * ty + 1e-300);
  // The cross product of the direction and of the plane through the line.
  const aside = dy * x - dx * y;
  row[0] = (v * aside - w * dx) * scale;
  row[1] = (-w * dy - u * aside) * scale;
  row[2] = (u * dx + v * dy) * scale;
  row[3] = at.bending;
  row[4] = zoomed === null ? 0 : (deviation(zoomed, i, direction) - off) / STEP;
}

function add(
  system: System,
  row: Float64Array,
  by: { readonly weight: number; readonly off: number; readonly patch: number },
): void {
  const { normal, gradient, patches } = system;
  const { weight, off } = by;
  for (let a = 0; a < PARAMETERS; a++) {
    const left = row[a] as number;
    const pull = weight * left * off;
    const at = by.patch * PARAMETERS + a;
    gradient[a] = (gradient[a] as number) - pull;
    patches[at] = (patches[at] as number) + pull;
    for (let b = 0; b < PARAMETERS; b++) {
      const cell = a * PARAMETERS + b;
      normal[cell] = (normal[cell] as number) + weight * left * (row[b] as number);
    }
  }
}

/** Which patch of the picture the middle of line `i` lies in. */
function patchOf(lines: Lines, i: number, reach: number): number {
  const column = Math.floor(((lines.x[i] as number) / reach + 1) * 0.5 * PATCHES);
  const row = Math.floor(((lines.y[i] as number) / reach + 1) * 0.5 * PATCHES);
  return clampTo(row) * PATCHES + clampTo(column);
}

function clampTo(index: number): number {
  return Math.min(PATCHES - 1, Math.max(0, index));
}

/** What is believed before any line is seen pulls each parameter to where it started. */
function addTrust(
  system: System,
  settings: FitSettings,
  was: Frame & { readonly now: Frame },
): void {
  const { normal, gradient } = system;
  const { now } = was;
  const [down] = now.directions;
  const pull = (parameter: number, trust: number, off: number): void => {
    const cell = parameter * (PARAMETERS + 1);
    const firm = trust === Number.POSITIVE_INFINITY ? 1e18 : trust;
    normal[cell] = (normal[cell] as number) + firm + 1e-9;
    gradient[parameter] = (gradient[parameter] as number) - (firm === 1e18 ? 0 : firm * off);
  };
  // Turning about x by a takes (0, 1, 0) to z = a; turning about z by a takes it to x = -a.
  pull(0, settings.trustLevel, down === undefined ? 0 : down[2]);
  pull(1, 0, 0);
  pull(2, settings.trustLevel, down === undefined ? 0 : -down[0]);
  pull(3, settings.trustK1, now.k1 - was.k1);
  pull(4, settings.trustFocal, Math.log(now.focal / was.focal));
}

/**
 * Spread of the parameters by the sandwich estimator (Huber 1967), lines of one patch taken together: they
 * belong to one fence or cupboard and err together. It needs no knowledge of how exact lines are.
 */
function spreadOf({ normal, patches }: System): FrameFit['spread'] {
  const deviationOf = (parameter: number): number => {
    const wanted = new Float64Array(PARAMETERS);
    wanted[parameter] = 1;
    const column = solvePositive(normal, wanted);
    let variance = 0;
    for (let patch = 0; patch < patches.length; patch += PARAMETERS) {
      let moved = 0;
      for (let a = 0; a < PARAMETERS; a++)
        moved += (column[a] as number) * (patches[patch + a] as number);
      variance += moved * moved;
    }
    return Math.sqrt(variance);
  };
  return { pitch: deviationOf(0), roll: deviationOf(2), k1: deviationOf(3), focal: deviationOf(4) };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}
