/** Strokes of each letter, on a grid 4 wide and 6 high from the top left: `x y x y …`, strokes set apart by commas. */
const LETTERS: Readonly<Record<string, string>> = {
  A: '0 6 2 0 4 6,0.7 4 3.3 4',
  B: '0 6 0 0 2.6 0 3.6 0.7 3.6 2.2 2.6 3 0 3,2.6 3 4 3.8 4 5.2 2.8 6 0 6',
  C: '4 1 3 0 1 0 0 1 0 5 1 6 3 6 4 5',
  D: '0 0 0 6 2.6 6 4 4.6 4 1.4 2.6 0 0 0',
  E: '4 0 0 0 0 6 4 6,0 3 3 3',
  F: '4 0 0 0 0 6,0 3 3 3',
  G: '4 1 3 0 1 0 0 1 0 5 1 6 3 6 4 5 4 3 2.4 3',
  H: '0 0 0 6,4 0 4 6,0 3 4 3',
  I: '2 0 2 6,1 0 3 0,1 6 3 6',
  J: '3.4 0 3.4 5 2.4 6 1 6 0 5',
  K: '0 0 0 6,4 0 0 3.6,1.4 2.6 4 6',
  L: '0 0 0 6 4 6',
  M: '0 6 0 0 2 3.2 4 0 4 6',
  N: '0 6 0 0 4 6 4 0',
  O: '1 0 3 0 4 1 4 5 3 6 1 6 0 5 0 1 1 0',
  P: '0 6 0 0 3 0 4 0.9 4 2.4 3 3.3 0 3.3',
  Q: '1 0 3 0 4 1 4 5 3 6 1 6 0 5 0 1 1 0,2.6 4.4 4.2 6.4',
  R: '0 6 0 0 3 0 4 0.9 4 2.4 3 3.3 0 3.3,2 3.3 4 6',
  S: '4 1 3 0 1 0 0 1 0 2 1 3 3 3 4 4 4 5 3 6 1 6 0 5',
  T: '0 0 4 0,2 0 2 6',
  U: '0 0 0 5 1 6 3 6 4 5 4 0',
  V: '0 0 2 6 4 0',
  W: '0 0 1 6 2 2.6 3 6 4 0',
  X: '0 0 4 6,4 0 0 6',
  Y: '0 0 2 3 4 0,2 3 2 6',
  Z: '0 0 4 0 0 6 4 6',
  0: '1 0 3 0 4 1 4 5 3 6 1 6 0 5 0 1 1 0,0.4 5.4 3.6 0.6',
  1: '0.8 1.2 2 0 2 6,0.8 6 3.2 6',
  2: '0 1 1 0 3 0 4 1 4 2.2 0 6 4 6',
  3: '0 0.6 1 0 3 0 4 1 4 2 3 3 1.6 3,3 3 4 4 4 5 3 6 1 6 0 5.4',
  4: '3 6 3 0 0 4.2 4 4.2',
  5: '4 0 0 0 0 2.6 3 2.6 4 3.6 4 5 3 6 1 6 0 5.2',
  6: '3.6 0.4 1.4 0 0 1.6 0 5 1 6 3 6 4 5 4 3.6 3 2.7 1 2.7 0 3.6',
  7: '0 0 4 0 1.4 6',
  8: '1 0 3 0 3.8 0.8 3.8 2.2 3 3 1 3 0.2 2.2 0.2 0.8 1 0,1 3 0 4 0 5 1 6 3 6 4 5 4 4 3 3',
  9: '4 2.4 3 3.3 1 3.3 0 2.4 0 1 1 0 3 0 4 1 4 4.4 2.6 6 0.4 5.6',
  '-': '0.6 3 3.4 3',
  '.': '1.8 5.8 2.2 5.8',
  '&': '4 6 0.8 1.8 0.8 0.8 1.6 0 2.4 0 3 0.8 2.8 1.8 0 4.2 0 5.2 1 6 2.4 6 4 3.8',
  "'": '2 0 1.8 1.4',
  '/': '0 6 4 0',
};

const ADVANCE = 6;

export type Lettering = {
  /** Commands of an SVG path. */
  readonly path: string;
  /** Of the letters, whose height is 6. */
  readonly width: number;
};

/**
 * Words as lines. A font would have to be on the machine: without one an SVG's text is nothing at all. Letters lose
 * their accents; what is left unknown is a gap.
 */
export function letterWords(words: string): Lettering {
  const letters = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9.&'/-]+/g, ' ')
    .trim();
  const strokes = [...letters].flatMap((letter, index) =>
    (LETTERS[letter] ?? '').split(',').map((stroke) => lineOf(stroke, index * ADVANCE)),
  );
  return { path: strokes.join(''), width: Math.max(0, letters.length * ADVANCE - 2) };
}

function lineOf(stroke: string, left: number): string {
  if (stroke === '') return '';
  const numbers = stroke.split(' ').map(Number);
  const points: string[] = [];
  for (let at = 0; at < numbers.length; at += 2) {
    points.push(`${((numbers[at] ?? 0) + left).toFixed(1)} ${(numbers[at + 1] ?? 0).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}
