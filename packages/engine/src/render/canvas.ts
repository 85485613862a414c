import type { Pool } from '../parallel/pool.ts';
import type { YccRef } from './planes.ts';
import { takeYcc } from './planes.ts';

/** Part of the arena, from `start` on, `bytes` long. */
export type Region = { readonly start: number; readonly bytes: number };

/**
 * The full-size photo under work. It lives in one of two regions of shared memory; a stage that cannot
 * work in place writes to the other one, which then becomes the photo.
 */
export class Canvas {
  readonly pool: Pool;
  /** The photo so far. */
  photo: YccRef;
  /** Standard deviation of luma's noise, 0..1, where a stage had to know it. */
  noise = 0;
  readonly #regions: [Region, Region];

  /** @param regions where the photo is, and the spare one */
  constructor(pool: Pool, photo: YccRef, regions: readonly [Region, Region]) {
    this.pool = pool;
    this.photo = photo;
    this.#regions = [...regions];
  }

  /** Room for the photo at a size not larger than before, apart from where it is now. */
  other(width: number, height: number): YccRef {
    return takeYcc(inside(this.#spare()), width, height);
  }

  /** The planes from `other` are the photo from now on. */
  turn(photo: YccRef): void {
    this.photo = photo;
    this.#regions.reverse();
  }

  /** Address of `bytes` bytes apart from the photo, for its codes. */
  otherBytes(bytes: number): number {
    return inside(this.#spare()).take(bytes);
  }

  #spare(): Region {
    return this.#regions[1];
  }
}

function inside(region: Region): { readonly take: (bytes: number) => number } {
  let end = region.start;
  return {
    take: (bytes) => {
      const address = end;
      end = Math.ceil((address + bytes) / 64) * 64;
      if (end > region.start + region.bytes)
        throw new RangeError(`${bytes} bytes do not fit into the rest of the region`);
      return address;
    },
  };
}
