'use client';

import { fullScale } from '../../lib/compare/gestures.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { type Point, placeSide, type Size } from '../../lib/compare/view.ts';
import { Picture } from './picture.tsx';

type Props = {
  left: StagePicture | undefined;
  right: StagePicture | undefined;
  size: Size;
  /** Where it looks at, as shares of the photo. */
  spot: Point;
  /** The same place on the stage. */
  at: Point;
  stage: Size;
};

const lens = { width: 168, height: 192 };
const distance = 24;

/** Two photo pixels for each of the screen's. */
const enlarged = 2;

/** Both pictures at one spot beside each other, at 200 %. */
export function Loupe({ left, right, size, spot, at, stage }: Props) {
  const pictures = [left, right].filter((picture) => picture !== undefined);
  const scale = fullScale() * enlarged;
  const box = {
    x: lens.width / 2 - spot.x * size.width * scale,
    y: lens.height / 2 - spot.y * size.height * scale,
    width: size.width * scale,
    height: size.height * scale,
  };
  const base = right ?? left;
  const whole = { width: lens.width * pictures.length, height: lens.height };
  return (
    <div
      data-loupe
      className="pointer-events-none absolute top-0 left-0 flex overflow-hidden rounded-lg border-2 border-white bg-canvas shadow-dialog"
      style={{ transform: `translate(${placeLens(at, whole, stage)})` }}
    >
      {pictures.map((picture, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may stand on both sides
          key={index}
          className="relative overflow-hidden border-white not-first:border-l-2"
          style={lens}
        >
          <Picture
            {...picture}
            place={picture === base ? box : placeSide(box, base?.shows, picture.shows)}
            seen={{ x: 0, y: 0, ...lens }}
            alt=""
          />
          <span className="absolute top-1 left-1 max-w-36 truncate rounded-sm bg-black/65 px-1.5 text-[11px] text-white leading-4">
            {picture.label}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Above what it shows, so that neither it nor a finger covers it; below where there is no room. */
function placeLens(at: Point, lensSize: Size, stage: Size): string {
  const x = Math.min(Math.max(4, at.x - lensSize.width / 2), stage.width - lensSize.width - 4);
  const above = at.y - distance - lensSize.height;
  const y = above >= 4 ? above : Math.min(at.y + distance, stage.height - lensSize.height - 4);
  return `${Math.round(Math.max(4, x))}px, ${Math.round(Math.max(4, y))}px`;
}
