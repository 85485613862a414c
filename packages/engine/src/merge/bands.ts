import { createPlane, type Plane } from '../pixels/picture.ts';
import { expandRow, halved, reducePlane, reduceRows } from '../pixels/pyramid.ts';

/**
 * What the exposures show at one level of their Laplacian pyramids. Planes are as large as the next
 * coarser level: a mean square under the pyramid's kernel is smooth enough for half the samples.
 */
export type Band = {
  /** Mean square of each exposure's detail. */
  readonly energies: readonly Plane[];
  /** Mean square of the sum of all exposures' detail: large where they show the same. */
  readonly together: Plane;
  /** Mean square of each exposure's detail at this level and all finer ones. */
  readonly upToHere: readonly Plane[];
};

/**
 * @param pyramids Gaussian pyramids of luma, one for each exposure
 * @param finer the band of the next finer level
 */
export function measureBand(
  pyramids: readonly (readonly Plane[])[],
  level: number,
  finer: Band | null,
): Band {
  const { width, height } = (pyramids[0] as readonly Plane[])[level] as Plane;
  const sum = createPlane(width, height);
  const energies = pyramids.map((pyramid) =>
    energyOf(pyramid[level] as Plane, pyramid[level + 1] as Plane, sum.data),
  );
  const together = reduceRows(width, height, (y, into) => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = sum.data[at] as number;
      into[x] = value * value;
    }
  });
  const upToHere = energies.map((energy, k) => {
    const below = finer?.upToHere[k];
    return below === undefined ? energy : added(reducePlane(below), energy);
  });
  return { energies, together, upToHere };
}

/** Mean square of the detail between two levels, which is also added to `sum`. */
function energyOf(fine: Plane, coarse: Plane, sum: Float32Array): Plane {
  const { width, height, data } = fine;
  const column = new Float32Array(coarse.width);
  return reduceRows(width, height, (y, into) => {
    expandRow(coarse, y, { into, column });
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const detail = (data[at] as number) - (into[x] as number);
      sum[at] = (sum[at] as number) + detail;
      into[x] = detail * detail;
    }
  });
}

/** Adds a plane to `into`, which is given back. */
export function added(into: Plane, plane: Plane): Plane {
  for (let i = 0; i < into.data.length; i++)
    into.data[i] = (into.data[i] as number) + (plane.data[i] as number);
  return into;
}

/** A plane brought to the next finer level, whose size is given. */
export function expandPlane(coarse: Plane, size: { width: number; height: number }): Plane {
  const { width, height } = size;
  const out = createPlane(width, height);
  const column = new Float32Array(halved(width));
  for (let y = 0; y < height; y++)
    expandRow(coarse, y, { into: out.data.subarray(y * width, (y + 1) * width), column });
  return out;
}
