import type { PartMove } from './displacement.ts';

/** Shift in cells, growth as a share, turn in radians, and what is left over in cells. */
export type Similarity = {
  readonly x: number;
  readonly y: number;
  readonly growth: number;
  readonly turn: number;
  readonly spread: number;
};

const ROUNDS = 4;
/** Pull towards "nothing moved", where no part knows better; growth and turn count per cell from the middle. */
const RIDGE = [0.01, 0.01, 2, 2] as const;
const UNKNOWNS = 4;

/**
 * Small similarity through the moves of the parts of a view, by least squares:
 * `right = x + growth X - turn Y`, `down = y + growth Y + turn X`. Parts that do not fit weigh
 * less each round (Cauchy weights), so that one moving thing does not turn the view.
 */
export function fitSimilarity(moves: readonly PartMove[]): Similarity {
  let fit: Similarity = { x: 0, y: 0, growth: 0, turn: 0, spread: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const equations = new Float64Array(UNKNOWNS * (UNKNOWNS + 1));
    let total = 0;
    for (const move of moves) {
      const trust = round === 0 ? 1 : 1 / (1 + residual(move, fit) ** 2);
      addEquation(equations, [1, 0, move.x, -move.y, move.right], move.rightWeight * trust);
      addEquation(equations, [0, 1, move.y, move.x, move.down], move.downWeight * trust);
      total += (move.rightWeight + move.downWeight) * trust;
    }
    RIDGE.forEach((pull, i) => {
      const at = i * (UNKNOWNS + 2);
      equations[at] = (equations[at] as number) + pull * (1 + total / 10);
    });
    const [x = 0, y = 0, growth = 0, turn = 0] = solve(equations);
    fit = { x, y, growth, turn, spread: 0 };
  }
  return { ...fit, spread: spreadOf(moves, fit) };
}

/** Adds `weight * row^T row` to the normal equations, right-hand side last. */
function addEquation(equations: Float64Array, row: readonly number[], weight: number): void {
  for (let i = 0; i < UNKNOWNS; i++) {
    for (let k = 0; k <= UNKNOWNS; k++) {
      const at = i * (UNKNOWNS + 1) + k;
      equations[at] = (equations[at] as number) + weight * (row[i] as number) * (row[k] as number);
    }
  }
}

/** Gauss without pivoting: the matrix is positive definite, because of the ridge. */
function solve(equations: Float64Array): number[] {
  const at = (row: number, column: number): number =>
    equations[row * (UNKNOWNS + 1) + column] as number;
  for (let i = 0; i < UNKNOWNS; i++) {
    for (let row = i + 1; row < UNKNOWNS; row++) {
      const factor = at(row, i) / at(i, i);
      for (let k = i; k <= UNKNOWNS; k++)
        equations[row * (UNKNOWNS + 1) + k] = at(row, k) - factor * at(i, k);
    }
  }
  const found = new Array<number>(UNKNOWNS).fill(0);
  for (let i = UNKNOWNS - 1; i >= 0; i--) {
    let sum = at(i, UNKNOWNS);
    for (let k = i + 1; k < UNKNOWNS; k++) sum -= at(i, k) * (found[k] as number);
    found[i] = sum / at(i, i);
  }
  return found;
}

/** Cells by which a part lies beside the fit, each direction as sure as it is. */
function residual(move: PartMove, fit: Similarity): number {
  const right = move.right - (fit.x + fit.growth * move.x - fit.turn * move.y);
  const down = move.down - (fit.y + fit.growth * move.y + fit.turn * move.x);
  const weight = move.rightWeight + move.downWeight;
  if (weight === 0) return 0;
  return Math.sqrt((move.rightWeight * right ** 2 + move.downWeight * down ** 2) / weight);
}

function spreadOf(moves: readonly PartMove[], fit: Similarity): number {
  let [sum, total] = [0, 0];
  for (const move of moves) {
    const weight = move.rightWeight + move.downWeight;
    sum += weight * residual(move, fit) ** 2;
    total += weight;
  }
  return total === 0 ? 0 : Math.sqrt(sum / total);
}
