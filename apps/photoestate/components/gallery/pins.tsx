'use client';

import type { GalleryComment } from '../../lib/gallery/api.ts';
import type { Spot } from './comments.tsx';

type Props = {
  comments: readonly GalleryComment[];
  spot: Spot | undefined;
  onSpot: (spot: Spot) => void;
};

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.02, 0],
  ArrowRight: [0.02, 0],
  ArrowUp: [0, -0.02],
  ArrowDown: [0, 0.02],
};

const at = ({ x, y }: Spot) => ({ left: `${x * 100}%`, top: `${y * 100}%` });
const within = (share: number) => Math.min(1, Math.max(0, share));

/** Where comments point to, and the pin of the one that is being written. */
export function Pins({ comments, spot, onSpot }: Props) {
  const pinned = comments.filter((comment) => comment.spot !== null);
  return (
    <>
      {pinned.map((comment, index) => (
        <span
          key={comment.id}
          title={`${comment.author}: ${comment.body}`}
          className="pointer-events-none absolute flex size-6 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full border-2 border-white bg-black/75 font-semibold text-white text-xs"
          style={at(comment.spot ?? { x: 0, y: 0 })}
        >
          {index + 1}
        </span>
      ))}
      {spot ? (
        <button
          type="button"
          data-pin="new"
          aria-label={`Pin at ${Math.round(spot.x * 100)} % from the left, ${Math.round(spot.y * 100)} % from the top. Arrow keys move it.`}
          onKeyDown={(event) => {
            const step = STEPS[event.key];
            if (!step) return;
            event.preventDefault();
            onSpot({ x: within(spot.x + step[0]), y: within(spot.y + step[1]) });
          }}
          className="absolute size-7 -translate-x-1/2 -translate-y-1/2 rounded-full border-3 border-white bg-primary shadow-[0_0_0_2px_rgb(0_0_0/0.6)]"
          style={at(spot)}
        />
      ) : null}
    </>
  );
}
