import type { Plane } from '../pixels/picture.ts';
import { markedPlaces } from '../pixels/sample-places.ts';
import type { ViewLook } from './choose-views.ts';
import { composedLuma } from './compose-view.ts';
import type { Mask } from './morphology.ts';
import {
  countLight,
  createLightHistogram,
  type Exposing,
  exposeTo,
  meanUnder,
  viewOf,
} from './view-tone.ts';

/** Mean luma that the blown part of a view may be shown with, the most wanted first. */
const MEANS = [198, 192, 186, 180, 174, 168, 162].map((code) => code / 255);

/** Gradients of the view must be as like those of its exposure as this, or it is shown darker. */
const LIKENESS = 0.96;

/** Pixels that are asked for their gradients. */
const SAMPLES = 20_000;

/** Contrasts a view may be shown with, the most wanted first. */
const CONTRASTS = [1, 0.9, 0.8, 0.7, 0.65];

/** Share of their brightness in the photo that the dark parts of a view keep, if a contrast allows it. */
const KEPT = 0.7;

/** From this share on, what is clipped in every exposure is shown as the white that it is. */
const CLIPPED_SHARE = 0.01;
const CLIPPED = 0.96;

/** All planes of one size. */
export type ViewPlaces = {
  /** Blown in the room exposure and behind a pane. */
  readonly core: Mask;
  /** How much each pixel shows the view, 0..1. */
  readonly mask: Plane;
  /** Of the photo so far. */
  readonly luma: Plane;
  /** What light there is, in EV. */
  readonly viewLight: Plane;
};

/**
 * A view is exposed for its blown part, for there nothing is known but the darker exposure: bright,
 * but not so that the shoulder flattens it. Its dark parts, trees below a sky, are shown well by the
 * photo already and must not become much darker than they were, so contrast is taken back for them.
 */
export function exposeView(looks: readonly ViewLook[], places: ViewPlaces): Exposing {
  const { blown, dark, least, end } = histograms(looks, places);
  // Those of the first and last row have no neighbours above or below.
  const pixels = markedPlaces(places.core, SAMPLES, 1);
  let exposing = exposeTo(blown, MEANS[0] ?? 0.75, { contrast: 1, end });
  for (const mean of MEANS) {
    for (const contrast of CONTRASTS) {
      exposing = exposeTo(blown, mean, { contrast, end });
      if (meanUnder(dark, exposing) >= least) break;
    }
    if (likeness(looks, exposing, { pixels, width: places.core.width }) >= LIKENESS) break;
  }
  return exposing;
}

function histograms(looks: readonly ViewLook[], { core, mask, luma, viewLight }: ViewPlaces) {
  const [blown, dark] = [createLightHistogram(), createLightHistogram()];
  const [darkest] = looks;
  let [clipped, shown] = [0, 0];
  let [sum, count] = [0, 0];
  for (let i = 0; i < core.data.length; i++) {
    const share = mask.data[i] as number;
    if (core.data[i] === 1) {
      if ((darkest?.luma.data[i] as number) > CLIPPED) clipped++;
      else countLight(blown, viewLight.data[i] as number, 1);
      shown++;
    } else if (share > 0) {
      countLight(dark, viewLight.data[i] as number, share);
      sum += share * (luma.data[i] as number);
      count += share;
    }
  }
  return {
    blown,
    dark,
    least: count > 0 ? (KEPT * sum) / count : 0,
    end: clipped > CLIPPED_SHARE * shown ? (darkest?.darker ?? 0) : null,
  };
}

/** Correlation of the differences across and down of the shown view and of its last exposure. */
function likeness(
  looks: readonly ViewLook[],
  exposing: Exposing,
  { pixels, width }: { readonly pixels: Int32Array; readonly width: number },
): number {
  const last = looks.at(-1)?.luma.data;
  if (last === undefined) return 1;
  const layers = looks.map((look) => ({ from: look.luma, view: viewOf(look, exposing, [0, 0]) }));
  let [count, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < pixels.length; k++) {
    const i = pixels[k] as number;
    for (let step = 1; step <= width; step += width - 1 || 1) {
      const p = composedLuma(layers, i + step) - composedLuma(layers, i - step);
      const q = (last[i + step] as number) - (last[i - step] as number);
      count++;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const spread = Math.sqrt((count * aa - a * a) * (count * bb - b * b));
  return spread > 0 ? (count * ab - a * b) / spread : 1;
}
