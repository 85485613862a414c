import type { Plane } from '../pixels/picture.ts';
import { gradientField } from './gradient-field.ts';
import { createRegionGrower, type Region } from './region-grower.ts';

/** A straight edge: its two ends in pixels of the plane it was found in, to a fraction of a pixel. */
export type Segment = {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
};

/** Share of a segment's rectangle that must consist of pixels of its region. */
const DENSITY = 0.7;

/** Chance that the gradient of a random pixel points along a given line within 22.5 degrees. */
const CHANCE = 1 / 8;

/**
 * Straight edges by the idea of Grompone von Gioi et al., "LSD: A Fast Line Segment Detector with a
 * False Detection Control", PAMI 2010, written anew from the paper: neighbouring pixels whose gradients
 * agree are grown into a region, the region becomes a rectangle, and the rectangle counts when so many
 * agreeing pixels are not to be expected by chance anywhere in the picture (a-contrario test).
 */
export function findSegments(luma: Plane): Segment[] {
  if (luma.width < 8 || luma.height < 8) return [];
  const field = gradientField(luma);
  const tests = 2.5 * Math.log10(luma.width * luma.height) + Math.log10(11);
  const smallest = Math.ceil(-tests / Math.log10(CHANCE));
  const grower = createRegionGrower(field);
  const segments: Segment[] = [];
  for (const seed of field.order) {
    if (field.taken[seed] !== 0) continue;
    const region = grower.grow(seed);
    if (region.size < smallest) continue;
    const box = grower.tighten(region, DENSITY);
    if (box !== null && region.size >= smallest && isMeaningful(region, box, tests))
      segments.push(toSegment(box));
  }
  return segments;
}

/** The rectangle around a region, along its direction. All in pixels of the gradient field. */
export type RegionBox = {
  readonly x: number;
  readonly y: number;
  /** Unit direction. */
  readonly dx: number;
  readonly dy: number;
  /** How far it reaches along the direction, before (negative) and after the centre. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
};

/**
 * log10 of the number of false alarms: `tests` rectangles are possible, and in one of n pixels at least
 * k agree by chance with a probability below exp(-n KL(k/n, p)) (Chernoff's bound of the binomial tail).
 */
function isMeaningful(region: Region, box: RegionBox, tests: number): boolean {
  const pixels = Math.max(region.size, (box.to - box.from) * box.width);
  const share = region.size / pixels;
  const rest = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - CHANCE));
  const divergence = share * Math.log(share / CHANCE) + rest;
  return (pixels * divergence) / Math.LN10 > tests;
}

/** Gradients are taken between pixels: cell (0, 0) of the field lies at (1, 1) of the picture. */
function toSegment({ x, y, dx, dy, from, to }: RegionBox): Segment {
  return {
    x1: x + 1 + from * dx,
    y1: y + 1 + from * dy,
    x2: x + 1 + to * dx,
    y2: y + 1 + to * dy,
  };
}
