import { type FrameSource, readSourceLumaRow } from './frame-source.ts';
import { createPlane, type Picture, type Plane, readLumaRow } from './picture.ts';
import type { RowReader } from './pyramid.ts';

/** Long side in pixels of the small copies used for measuring. */
const PROXY_SIDE = 1024;

/** Luma (0..1) of a frame, reduced by a whole factor to at most 1024 pixels on the long side. */
export function proxyOf(source: FrameSource): Plane {
  return shrink(source, (y, into) => readSourceLumaRow(source, y, into));
}

/** The same for the photo under work. */
export function pictureProxy(picture: Picture): Plane {
  return shrink(picture, (y, into) => readLumaRow(picture, y, into));
}

function shrink(size: { width: number; height: number }, readRow: RowReader): Plane {
  const long = Math.ceil(Math.max(size.width, size.height) / PROXY_SIDE);
  const factor = Math.max(1, Math.min(long, size.width, size.height));
  const out = createPlane(
    Math.max(1, Math.floor(size.width / factor)),
    Math.max(1, Math.floor(size.height / factor)),
  );
  const row = new Float32Array(size.width);
  const share = 1 / (factor * factor);
  for (let y = 0; y < out.height * factor; y++) {
    readRow(y, row);
    addRow(
      row,
      out.data.subarray(
        Math.floor(y / factor) * out.width,
        (Math.floor(y / factor) + 1) * out.width,
      ),
      { factor, share },
    );
  }
  return out;
}

function addRow(
  row: Float32Array,
  into: Float32Array,
  box: { factor: number; share: number },
): void {
  const { factor, share } = box;
  for (let i = 0; i < into.length; i++) {
    let sum = 0;
    for (let k = 0; k < factor; k++) sum += row[i * factor + k] as number;
    into[i] = (into[i] as number) + sum * share;
  }
}
