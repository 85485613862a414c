'use client';

import { ChevronsLeftRight } from 'lucide-react';
import { useState } from 'react';
import { merged, Room, singleExposure } from './room.tsx';

/** The product's slider in small: a range input does the work, the line shows it. */
export function RoomCompare() {
  const [percent, setPercent] = useState(46);
  return (
    <div className="relative aspect-4/3 overflow-hidden rounded-xl border bg-canvas has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-3 sm:aspect-16/10">
      <Room exposure={merged} className="absolute inset-0 size-full" />
      <div className="absolute inset-0" style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}>
        <Room exposure={singleExposure(0)} className="absolute inset-0 size-full" />
      </div>
      <span
        aria-hidden="true"
        className="absolute top-3 left-3 rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs"
      >
        One exposure
      </span>
      <span
        aria-hidden="true"
        className="absolute top-3 right-3 rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs"
      >
        Merged
      </span>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_3px_rgb(0_0_0/0.6)]"
        style={{ left: `${percent}%` }}
      >
        <span className="absolute top-1/2 left-1/2 flex size-11 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full border border-black/20 bg-white text-neutral-800 shadow-dialog">
          <ChevronsLeftRight className="size-5" />
        </span>
      </div>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-label="One exposure and the merged photo"
        aria-valuetext={`${percent} % one exposure, ${100 - percent} % merged`}
        onChange={({ target }) => setPercent(Number(target.value))}
        className="absolute inset-0 size-full cursor-ew-resize touch-pan-y appearance-none opacity-0"
      />
    </div>
  );
}
