import { createEnlarger } from '../pixels/enlarge.ts';
import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { composePixel, type Layer } from './compose-view.ts';
import {
  HOLD_FROM,
  HOLD_FULL,
  type Hold,
  readTable,
  type WindowMask,
  type WindowPlan,
} from './window-plan.ts';

/**
 * Carries the plan out on the overviews it was made for. The plain form of the kernels in
 * render/window.ts.
 * @param photo the merged photo, as large as the overviews
 */
export function applyWindow(
  photo: Picture,
  overviews: readonly Overview[],
  plan: WindowPlan,
): Picture {
  const looks = plan.views.map((view) => {
    const overview = overviews[view.source];
    if (overview === undefined) throw new RangeError(`no exposure ${view.source} for the window`);
    return { overview, view };
  });
  const last = looks.at(-1)?.overview;
  if (last === undefined) throw new RangeError('a window needs an exposure of its view');
  const layers = looks.map(({ overview, view }) => ({ from: overview.picture, view }));
  const { width, height } = photo;
  const luma = lumaOf(photo).data;
  const result = createPicture(width, height);
  result.data.set(photo.data);
  const reader = createMaskReader(plan.mask, { width, height, scale: last.scale });
  for (let y = 0; y < height; y++) {
    reader.read(y);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const before = luma[i] as number;
      if (before < HOLD_FROM && reader.isOutside(x)) continue;
      changePixel(result, 3 * i, { layers, reader, x, before, last, hold: plan.hold });
    }
  }
  return result;
}

type Place = {
  readonly layers: readonly Layer<Picture>[];
  readonly reader: MaskReader;
  readonly x: number;
  /** Luma of the photo, 0..1. */
  readonly before: number;
  readonly last: Overview;
  readonly hold: Hold;
};

function changePixel({ data }: Picture, at: number, place: Place): void {
  const { layers, reader, x, before, last, hold } = place;
  const view = [0, 0, 0];
  composePixel(layers, at, view);
  const [y = 0, cb = 0, cr = 0] = view;
  const share = reader.isOutside(x) ? 0 : reader.shareOf(x, y, before);
  const held = (1 - share) * heldBy(hold, before, last.luma.data[at / 3] as number);
  if (share === 0 && held === 0) return;
  const shown = [y + 1.5748 * cr, y - 0.187324 * cb - 0.468124 * cr, y + 1.8556 * cb];
  for (let c = 0; c < 3; c++) {
    const old = data[at + c] as number;
    const value = old + share * ((shown[c] as number) * 65535 - old) + held * 65535;
    data[at + c] = Math.min(65535, Math.max(0, value)) + 0.5;
  }
}

/** By how much luma changes where a highlight of the room is held; 0 or less. */
function heldBy(hold: Hold, before: number, look: number): number {
  if (before <= HOLD_FROM) return 0;
  const bright = Math.min(1, (before - HOLD_FROM) / (HOLD_FULL - HOLD_FROM));
  return Math.min(0, readTable(hold.luma, look) - before) * bright * readTable(hold.share, look);
}

export type MaskReader = {
  /** Goes to a row. */
  readonly read: (y: number) => void;
  /** Whether the mask is 0 there whatever the pixel. */
  readonly isOutside: (x: number) => boolean;
  /** The mask for a luma of the view and of the photo, 0..1. */
  readonly shareOf: (x: number, view: number, photo: number) => number;
};

export function createMaskReader(
  mask: WindowMask,
  size: { readonly width: number; readonly height: number; readonly scale: number },
): MaskReader {
  const factor = mask.scale / size.scale;
  const [left, top] = [mask.left * factor, mask.top * factor];
  const [width, height] = [mask.base.width * factor, mask.base.height * factor];
  const enlarged = (plane: typeof mask.base) => createEnlarger(plane, width, height);
  const readers = [
    enlarged(mask.viewSlope),
    enlarged(mask.roomSlope),
    enlarged(mask.base),
  ] as const;
  const rows = [new Float32Array(width), new Float32Array(width), new Float32Array(width)] as const;
  let isRowOutside = true;
  return {
    read: (y) => {
      isRowOutside = y < top || y >= top + height;
      if (isRowOutside) return;
      for (const [index, read] of readers.entries()) read(y - top, rows[index] as Float32Array);
    },
    isOutside: (x) => isRowOutside || x < left || x >= left + width,
    shareOf: (x, view, photo) => {
      const at = x - left;
      const [byView, byRoom, base] = rows;
      const value =
        (byView[at] as number) * view + (byRoom[at] as number) * photo + (base[at] as number);
      return Math.min(1, Math.max(0, value));
    },
  };
}
