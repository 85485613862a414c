import { deviation, type Lines, planeOf } from './lines.ts';
import { cross, unit, type Vector } from './rotation.ts';

/** Lines within 35 degrees of upright may be verticals: no photo worth straightening tilts further. */
const STEEPEST = Math.sin((35 * Math.PI) / 180);

/** The vertical itself is looked for within 30 degrees of the picture's. */
const UPRIGHT = Math.cos((30 * Math.PI) / 180);

/** A line is explained by a vertical this close, and by a horizontal direction this close; sines. */
const NEAR = Math.sin((1 * Math.PI) / 180);
const NEAR_HORIZONTAL = Math.sin((1.5 * Math.PI) / 180);

/** Lines further than this from the vertical are used to find horizontal directions. */
const NOT_VERTICAL = Math.sin((3 * Math.PI) / 180);

/** The longest lines make the guesses (all pairs) and a larger number of them vote. */
const GUESSING = 44;
const VOTING = 400;

/**
 * A first guess of the vertical: every two long, steep lines meet in a vanishing point, and the one
 * that most other steep lines point at wins. Always the same for the same lines.
 * @returns a unit vector, y down; `null` when no two steep lines are there
 */
export function guessVertical(lines: Lines): Vector | null {
  const steep = longest(lines, VOTING, (i) => Math.abs(lines.dx[i] as number) < STEEPEST);
  const guessing = spreadOut(lines, steep, GUESSING);
  let best: Vector | null = null;
  let most = 0;
  for (const [at, first] of guessing.entries()) {
    for (const second of guessing.slice(at + 1)) {
      const meeting = unit(cross(planeOf(lines, first), planeOf(lines, second)));
      const down: Vector = meeting[1] < 0 ? [-meeting[0], -meeting[1], -meeting[2]] : meeting;
      if (down[1] < UPRIGHT) continue;
      const score = support(lines, steep, { direction: down, near: NEAR });
      if (score > most) [best, most] = [down, score];
    }
  }
  return best;
}

/**
 * The two horizontal directions of a room, a quarter turn apart, that most of the other lines follow.
 * @returns unit vectors, together with `vertical` an orthogonal frame
 */
export function guessHorizontals(lines: Lines, vertical: Vector): [Vector, Vector] {
  const level = longest(
    lines,
    VOTING,
    (i) => Math.abs(deviation(lines, i, vertical)) > NOT_VERTICAL,
  );
  const east = unit(cross(vertical, [0, 0, 1]));
  const north = cross(vertical, east);
  let best: [Vector, Vector] = [east, north];
  let most = -1;
  for (let degrees = 0; degrees < 90; degrees++) {
    const angle = (degrees * Math.PI) / 180;
    const first = turned(east, north, angle);
    const second = turned(north, east, -angle);
    const score =
      support(lines, level, { direction: first, near: NEAR_HORIZONTAL }) +
      support(lines, level, { direction: second, near: NEAR_HORIZONTAL });
    if (score > most) [best, most] = [[first, second], score];
  }
  return best;
}

/** The longest lines that pass, at most `count`. */
function longest(lines: Lines, count: number, passes: (i: number) => boolean): number[] {
  const chosen: number[] = [];
  for (let i = 0; i < lines.length.length; i++) if (passes(i)) chosen.push(i);
  chosen.sort((a, b) => (lines.length[b] as number) - (lines.length[a] as number) || a - b);
  return chosen.slice(0, count);
}

/**
 * Half of the guesses come from the longest lines of all, half from the longest of each of eight
 * upright strips: the blinds of one window must not make all of them.
 */
function spreadOut(lines: Lines, sorted: readonly number[], count: number): number[] {
  const chosen = new Set(sorted.slice(0, count / 2));
  const strips = Array.from({ length: 8 }, () => 0);
  const xs = sorted.map((i) => lines.x[i] as number);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  for (const i of sorted) {
    const place = ((lines.x[i] as number) - left) / Math.max(1e-9, right - left);
    const strip = Math.min(7, Math.floor(place * 8));
    if ((strips[strip] as number) >= count / 16) continue;
    strips[strip] = (strips[strip] as number) + 1;
    chosen.add(i);
  }
  return [...chosen];
}

/** Length of the lines that point at the direction, each less the further it is off. */
function support(
  lines: Lines,
  of: readonly number[],
  by: { readonly direction: Vector; readonly near: number },
): number {
  const scale = 1 / (by.near * by.near);
  const { x, y, dx, dy, length } = lines;
  const [u, v, w] = by.direction;
  let sum = 0;
  for (let k = 0; k < of.length; k++) {
    const i = of[k] as number;
    const tx = u - w * (x[i] as number);
    const ty = v - w * (y[i] as number);
    // The square of the `deviation`.
    const turned = (dx[i] as number) * ty - (dy[i] as number) * tx;
    const miss = (turned * turned * scale) / (tx * tx + ty * ty + 1e-300);
    if (miss < 1) sum += (length[i] as number) * (1 - miss);
  }
  return sum;
}

/** `a` turned towards `b`, which is a quarter turn away. */
function turned(a: Vector, b: Vector, angle: number): Vector {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [a[0] * cosine + b[0] * sine, a[1] * cosine + b[1] * sine, a[2] * cosine + b[2] * sine];
}
