import { type Fingerprint, toLight, toSteps } from './fingerprint.ts';

/**
 * Which cell of a fingerprint is brighter than which of its neighbours: a ternary census
 * transform (after Zabih & Woodfill, ECCV 1994), one bit a question, so that a machine word answers
 * for 32 cells. A brighter exposure changes none of the answers, it only makes some of them
 * unknown: those of cells that are both white, both black, or too alike.
 *
 * Words lie relation by relation, row by row; bit i of word k is the cell 32 * k + i of its row.
 */
export type Census = {
  /** Cells. */
  readonly width: number;
  readonly height: number;
  /** Words in a row: 1 or 2. */
  readonly words: number;
  readonly relations: number;
  /** Bits of the cells that are brighter than the neighbour their relation names. */
  readonly brighter: Uint32Array;
  readonly darker: Uint32Array;
  /** How many questions have an answer. */
  readonly answers: number;
};

/** Answers that two censuses share, and how many of them contradict each other. */
export type Tally = { readonly agree: number; readonly contradict: number };

/** To the right, below, and on both diagonals; the other four would ask the same again. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const;

/** Cells differ when one has this many steps more light: a quarter of a stop. */
const LEAST_STEPS = 5;
/** Light (0..1) that noise and rounding may make of nothing: 0.4 of an 8-bit code. */
const LEAST_LIGHT = 0.000_12;
/** From here on a cell may be clipped. */
const WHITE = 252;

/** What the brighter of two cells needs to have, by the steps of the darker one. */
const NEEDED = Uint8Array.from({ length: 256 }, (_, steps) =>
  Math.min(255, Math.max(steps + LEAST_STEPS, Math.ceil(toSteps(toLight(steps) + LEAST_LIGHT)))),
);

/** @param distances to the neighbours that are asked about, in cells */
export function takeCensus(print: Fingerprint, distances: readonly number[]): Census {
  const { width, height } = print;
  const words = Math.ceil(width / 32);
  const relations = distances.length * DIRECTIONS.length;
  const brighter = new Uint32Array(relations * height * words);
  const darker = new Uint32Array(relations * height * words);
  let answers = 0;
  let at = 0;
  for (const distance of distances) {
    for (const [right, down] of DIRECTIONS) {
      const planes = { brighter, darker, at, words };
      answers += ask(print, { x: right * distance, y: down * distance }, planes);
      at += height * words;
    }
  }
  return { width, height, words, relations, brighter, darker, answers };
}

type Planes = {
  readonly brighter: Uint32Array;
  readonly darker: Uint32Array;
  readonly at: number;
  readonly words: number;
};

function ask(print: Fingerprint, neighbour: { x: number; y: number }, planes: Planes): number {
  const { width, height, cells } = print;
  const { brighter, darker, words } = planes;
  const step = neighbour.y * width + neighbour.x;
  const first = Math.max(0, -neighbour.x);
  const end = Math.min(width, width - neighbour.x);
  let answers = 0;
  for (let y = 0; y + neighbour.y < height; y++) {
    for (let x = first; x < end; x++) {
      const here = cells[y * width + x] as number;
      const there = cells[y * width + x + step] as number;
      if (here >= WHITE && there >= WHITE) continue;
      const word = planes.at + y * words + (x >> 5);
      const bit = 1 << (x & 31);
      if (here > there) {
        if (here < (NEEDED[there] as number)) continue;
        brighter[word] = (brighter[word] as number) | bit;
      } else {
        if (there < (NEEDED[here] as number)) continue;
        darker[word] = (darker[word] as number) | bit;
      }
      answers++;
    }
  }
  return answers;
}

/** The census moved to the left by `cells` (to the right when negative): cell x is what x + cells was. */
export function moveCensus(census: Census, cells: number): Census {
  if (cells === 0) return census;
  return {
    ...census,
    brighter: moveWords(census.brighter, census.words, cells),
    darker: moveWords(census.darker, census.words, cells),
  };
}

function moveWords(source: Uint32Array, words: number, cells: number): Uint32Array {
  const moved = new Uint32Array(source.length);
  const [whole, bits] = [Math.floor(cells / 32), ((cells % 32) + 32) % 32];
  for (let row = 0; row < source.length; row += words) {
    for (let word = 0; word < words; word++) {
      const from = word + whole;
      const low = from >= 0 && from < words ? (source[row + from] as number) : 0;
      const high = from + 1 >= 0 && from + 1 < words ? (source[row + from + 1] as number) : 0;
      moved[row + word] = bits === 0 ? low : (low >>> bits) | (high << (32 - bits));
    }
  }
  return moved;
}

/** Compares cell (x, y) of `a` with cell (x, y + down) of `b`. Both have the same size and relations. */
export function tally(a: Census, b: Census, down: number): Tally {
  const rows = a.height - Math.abs(down);
  const plane = a.height * a.words;
  const startA = Math.max(0, -down) * a.words;
  const offset = down * a.words;
  let [agree, contradict] = [0, 0];
  for (let relation = 0; relation < a.relations; relation++) {
    const start = relation * plane + startA;
    const end = start + rows * a.words;
    for (let i = start; i < end; i++) {
      const brightA = a.brighter[i] as number;
      const darkA = a.darker[i] as number;
      const brightB = b.brighter[i + offset] as number;
      const darkB = b.darker[i + offset] as number;
      agree += countBits((brightA & brightB) | (darkA & darkB));
      contradict += countBits((brightA & darkB) | (darkA & brightB));
    }
  }
  return { agree, contradict };
}

/** Bits that are set in a 32-bit word (Hacker's Delight, figure 5-2). */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
