import type { Picture } from '../pixels/picture.ts';
import type { Camera } from './camera.ts';
import { type KnownLens, UNKNOWN_LENS } from './estimate-frame.ts';
import type { Lens } from './geometry.ts';
import { type Fringe, measureFringes } from './measure-fringes.ts';
import { fitPlumbLines, type PlumbFit } from './plumb-lines.ts';
import { readLines } from './read-lines.ts';

/** What was found out about the lens. */
export type LensPlan = {
  /** What to undo, in pixels of the picture; `null`: nothing that can be seen. */
  readonly lens: Lens | null;
  /** How sure the distortion is, for whoever looks at lines next. */
  readonly known: KnownLens;
  readonly plumb: PlumbFit;
  readonly red: Fringe;
  readonly blue: Fringe;
};

/** Distortion is undone when at least this many edges tell it, this surely. */
const ENOUGH_EDGES = 15;
const SURE_K1 = 0.005;

/** And when no single side of the picture is needed for at least this share of it. */
const STEADY = 0.6;

/** And when it explains so many edges more than no distortion does. */
const GAIN = 1.5;

/** And when it is at least this large: half a percent bends an edge of the frame by two in a thousand. */
const SEEN_K1 = 0.006;

/** A value is told from nothing when it is this many times its standard deviation. */
const SIGNIFICANT = 4;

/** Edges that agree within this spread still share errors: no k1 is known better than this. */
const BEST_K1 = 0.003;

/** Colours are moved when they lie at least this many full-size pixels apart in the corner. */
const SEEN_FRINGE = 0.35;
const ENOUGH_PLACES = 40;

/**
 * Finds distortion and lateral colour in the picture itself. Both are left alone where they cannot be told
 * from nothing. How much a lens darkens the corners cannot be read from a single room, whose light falls
 * off by itself by several times as much: it is a setting.
 * @param scale full-size pixels per pixel of the picture
 * @param darkening of the corners, in EV, that the lens is known to cause
 */
export function planLens(
  picture: Picture,
  camera: Camera,
  { scale, darkening }: { readonly scale: number; readonly darkening: number },
): LensPlan {
  const plumb = fitPlumbLines(readLines(picture).chains, camera);
  const bent =
    plumb.edges >= ENOUGH_EDGES &&
    plumb.spread <= SURE_K1 &&
    plumb.least >= STEADY &&
    plumb.gain >= GAIN &&
    Math.abs(plumb.k1) >= Math.max(SEEN_K1, SIGNIFICANT * plumb.spread);
  const { red, blue } = measureFringes(picture, camera);
  const lens: Lens = {
    centreX: camera.centreX,
    centreY: camera.centreY,
    radius: camera.radius,
    k1: bent ? plumb.k1 : 0,
    red: isSeen(red, camera.radius * scale) ? red.share : 0,
    blue: isSeen(blue, camera.radius * scale) ? blue.share : 0,
    vignette: [0, 2 ** -darkening - 1, 0],
  };
  const clean = lens.k1 === 0 && lens.red === 0 && lens.blue === 0 && darkening === 0;
  const known = bent ? { k1: plumb.k1, spread: Math.max(BEST_K1, 2 * plumb.spread) } : UNKNOWN_LENS;
  return { lens: clean ? null : lens, known, plumb, red, blue };
}

function isSeen({ share, spread, places }: Fringe, radius: number): boolean {
  const size = Math.abs(share);
  return places >= ENOUGH_PLACES && size * radius >= SEEN_FRINGE && size >= SIGNIFICANT * spread;
}
