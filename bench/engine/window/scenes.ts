/** A corner of an outline, as shares of the width and the height of the photo. */
export type Corner = readonly [x: number, y: number];

export type Scene = {
  readonly name: string;
  readonly folder: string;
  /** Where there is glass, drawn by hand: what is outside belongs to the room. */
  readonly glass: readonly (readonly Corner[])[];
};

/** Corners in pixels of a photo of this size. */
function outline(
  [width, height]: readonly [number, number],
  corners: readonly (readonly [number, number])[],
): readonly Corner[] {
  return corners.map(([x, y]) => [x / width, y / height]);
}

const PANTRY = [1064, 708] as const;
const WIKIMEDIA = [1600, 1200] as const;
const BELGIUM = [512, 384] as const;
const HOUSE = [512, 340] as const;

/** The rooms with windows that the figures are about. */
export const SCENES: readonly Scene[] = [
  {
    name: 'PantrySmallISO',
    folder: 'brackets_interior/PantrySmallISO',
    glass: [
      outline(PANTRY, [
        [527, 129],
        [742, 101],
        [740, 558],
        [516, 546],
      ]),
      outline(PANTRY, [
        [756, 103],
        [1052, 70],
        [1054, 500],
        [756, 560],
      ]),
    ],
  },
  {
    name: 'WikimediaWindow',
    folder: 'brackets_interior/WikimediaWindow',
    glass: [
      outline(WIKIMEDIA, [
        [622, 95],
        [898, 95],
        [898, 177],
        [618, 177],
      ]),
      outline(WIKIMEDIA, [
        [578, 226],
        [917, 226],
        [917, 634],
        [600, 634],
        [578, 600],
      ]),
    ],
  },
  {
    name: 'BelgiumHouse',
    folder: 'brackets_mef17/BelgiumHouse',
    glass: [
      outline(BELGIUM, [
        [0, 34],
        [76, 48],
        [82, 266],
        [0, 264],
      ]),
      outline(BELGIUM, [
        [172, 44],
        [306, 68],
        [308, 118],
        [172, 104],
      ]),
      outline(BELGIUM, [
        [170, 109],
        [199, 113],
        [199, 346],
        [169, 351],
      ]),
      outline(BELGIUM, [
        [208, 117],
        [301, 127],
        [299, 257],
        [211, 264],
      ]),
      outline(BELGIUM, [
        [211, 286],
        [299, 271],
        [299, 327],
        [212, 342],
      ]),
      outline(BELGIUM, [
        [308, 121],
        [326, 124],
        [335, 322],
        [312, 324],
      ]),
      outline(BELGIUM, [
        [379, 88],
        [417, 104],
        [420, 127],
        [379, 130],
      ]),
      outline(BELGIUM, [
        [385, 136],
        [427, 142],
        [427, 240],
        [387, 247],
      ]),
      outline(BELGIUM, [
        [387, 259],
        [427, 251],
        [427, 294],
        [387, 302],
      ]),
      outline(BELGIUM, [
        [455, 108],
        [472, 124],
        [472, 178],
        [458, 172],
      ]),
    ],
  },
  {
    name: 'House',
    folder: 'brackets_mef17/House',
    glass: [
      outline(HOUSE, [
        [251, 32],
        [305, 22],
        [305, 57],
        [252, 60],
      ]),
      outline(HOUSE, [
        [252, 73],
        [305, 69],
        [305, 209],
        [254, 204],
      ]),
      outline(HOUSE, [
        [334, 23],
        [398, 14],
        [397, 199],
        [332, 193],
      ]),
      outline(HOUSE, [
        [424, 8],
        [478, 0],
        [466, 204],
        [424, 199],
      ]),
      outline(HOUSE, [
        [334, 218],
        [396, 224],
        [396, 290],
        [360, 284],
        [333, 300],
      ]),
      outline(HOUSE, [
        [423, 230],
        [463, 234],
        [461, 300],
        [424, 292],
      ]),
      outline(HOUSE, [
        [484, 0],
        [512, 0],
        [508, 210],
        [484, 210],
      ]),
    ],
  },
];
