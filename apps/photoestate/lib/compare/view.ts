import {
  between,
  drawnSize,
  inPixels,
  isUpright,
  type Projection,
  projectQuad,
  type Quad,
  wholeFrame,
} from './projection.ts';

export type Size = { width: number; height: number };
export type Point = { x: number; y: number };
export type Box = Point & Size;

/** `fit` follows the window; else CSS pixels per photo pixel and the photo's point (0..1) in the middle. */
export type View = 'fit' | { scale: number; center: Point };

const maxScale = 8;

const zoomPattern = /^(\d{1,2}(?:\.\d{1,5})?)_(-?\d(?:\.\d{1,5})?)_(-?\d(?:\.\d{1,5})?)$/;

/** A view as an address has it, `0.5_0.25_0.75`; `fit` for anything else. */
export function readView(text: string | null): View {
  const [, scale, x, y] = zoomPattern.exec(text ?? '') ?? [];
  if (Number(scale) > 0) return { scale: Number(scale), center: { x: Number(x), y: Number(y) } };
  return 'fit';
}

/** Undefined for the view that needs no words. */
export function viewText(view: View): string | undefined {
  if (view === 'fit') return undefined;
  const { scale, center } = view;
  const short = (value: number) => String(Math.round(value * 100_000) / 100_000);
  return `${short(scale)}_${short(center.x)}_${short(center.y)}`;
}

export function fitScale(photo: Size, stage: Size): number {
  if (photo.width === 0 || photo.height === 0) return 1;
  return Math.min(stage.width / photo.width, stage.height / photo.height);
}

function clampScale(scale: number, photo: Size, stage: Size): number {
  const fit = fitScale(photo, stage);
  return Math.min(Math.max(scale, fit), Math.max(maxScale, fit));
}

export function scaleOf(view: View, photo: Size, stage: Size): number {
  return view === 'fit' ? fitScale(photo, stage) : clampScale(view.scale, photo, stage);
}

/** Centred where it is smaller than the stage; never further than its own edge where it is larger. */
function clampAxis(length: number, start: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, start));
}

/** Where the photo lies on the stage. */
export function placePhoto(view: View, photo: Size, stage: Size): Box {
  const scale = scaleOf(view, photo, stage);
  const width = photo.width * scale;
  const height = photo.height * scale;
  const center = view === 'fit' ? { x: 0.5, y: 0.5 } : view.center;
  return {
    x: clampAxis(width, stage.width / 2 - center.x * width, stage.width),
    y: clampAxis(height, stage.height / 2 - center.y * height, stage.height),
    width,
    height,
  };
}

/** Where a picture is drawn, and how large. */
export type Place = Box & {
  /** From pixels of a picture of that size to pixels from the corner of that place; left out: they are the same. */
  tilt?: Projection;
};

/**
 * Where a picture lies so that it covers another one of the same view, placed at `box`, point for point.
 * Both say what of the camera's frame they show, as shares of it: aligning and straightening cut edges off,
 * and straightening moves the corners of what is left.
 */
export function placeSide(box: Box, shown?: Quad, own?: Quad): Place {
  const there = between(own, shown);
  if (!isUpright(there)) {
    const size = drawnSize(there, box);
    return { x: box.x, y: box.y, ...size, tilt: inPixels(there, size, box) };
  }
  const [from, , to] = projectQuad(there, wholeFrame);
  return {
    x: box.x + from.x * box.width,
    y: box.y + from.y * box.height,
    width: (to.x - from.x) * box.width,
    height: (to.y - from.y) * box.height,
  };
}

/** The part of the stage on which the photo can be seen. */
export function visiblePart(box: Box, stage: Size): Box {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  return {
    x,
    y,
    width: Math.min(stage.width, box.x + box.width) - x,
    height: Math.min(stage.height, box.y + box.height) - y,
  };
}

type Frame = { photo: Size; stage: Size };

function viewOf(box: Box, scale: number, { stage }: Frame): View {
  return {
    scale,
    center: {
      x: (stage.width / 2 - box.x) / box.width,
      y: (stage.height / 2 - box.y) / box.height,
    },
  };
}

/** Zooms so that what lies under `at` stays there. Going as small as `fit` is `fit`. */
export function zoomAt(
  view: View,
  frame: Frame,
  { scale, at }: { scale: number; at: Point },
): View {
  const { photo, stage } = frame;
  const next = clampScale(scale, photo, stage);
  if (next <= fitScale(photo, stage) * 1.001) return 'fit';
  const box = placePhoto(view, photo, stage);
  const factor = (photo.width * next) / box.width;
  const grown = {
    x: at.x - (at.x - box.x) * factor,
    y: at.y - (at.y - box.y) * factor,
    width: box.width * factor,
    height: box.height * factor,
  };
  return settle(viewOf(grown, next, frame), frame);
}

export function panBy(view: View, frame: Frame, by: Point): View {
  if (view === 'fit') return view;
  const box = placePhoto(view, frame.photo, frame.stage);
  const moved = { ...box, x: box.x + by.x, y: box.y + by.y };
  return settle(viewOf(moved, scaleOf(view, frame.photo, frame.stage), frame), frame);
}

/** Takes the clamped place as the view, so that a pan past the edge does not have to be panned back. */
function settle(view: View, frame: Frame): View {
  if (view === 'fit') return view;
  return viewOf(placePhoto(view, frame.photo, frame.stage), view.scale, frame);
}

/** What of one picture another one of the same view shows, as shares of the first; it may reach beyond it. */
export function sharedPart(own?: Quad, other?: Quad): Quad {
  return projectQuad(between(other, own), wholeFrame);
}
