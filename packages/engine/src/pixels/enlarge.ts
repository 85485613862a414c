import type { Plane } from './picture.ts';

/**
 * Reads rows of a small plane as if it were `width` x `height`, bilinearly, pixel centres aligned.
 * Used to bring low-frequency maps to full size without ever storing them there.
 */
export function createEnlarger(
  plane: Plane,
  width: number,
  height: number,
): (y: number, into: Float32Array) => void {
  const columns = new Int32Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const at = Math.min(plane.width - 1, Math.max(0, ((x + 0.5) * plane.width) / width - 0.5));
    columns[x] = Math.max(0, Math.min(plane.width - 2, Math.floor(at)));
    shares[x] = at - (columns[x] as number);
  }
  const row = new Float32Array(plane.width);
  const last = plane.width - 1;
  return (y, into) => {
    mixRows(plane, ((y + 0.5) * plane.height) / height - 0.5, row);
    for (let x = 0; x < width; x++) {
      const column = columns[x] as number;
      const left = row[column] as number;
      const right = row[Math.min(last, column + 1)] as number;
      into[x] = left + (shares[x] as number) * (right - left);
    }
  };
}

function mixRows(plane: Plane, position: number, into: Float32Array): void {
  const { width, height, data } = plane;
  const at = Math.min(height - 1, Math.max(0, position));
  const upper = Math.floor(at);
  const share = at - upper;
  const above = upper * width;
  const below = Math.min(height - 1, upper + 1) * width;
  for (let x = 0; x < width; x++) {
    const value = data[above + x] as number;
    into[x] = value + share * ((data[below + x] as number) - value);
  }
}
