'use client';

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { type Crop, kept, placeOf, pushed } from './crop.ts';
import type { Chosen } from './cut-out.ts';

type Props = { chosen: Chosen; crop: Crop; onCrop: (change: (before: Crop) => Crop) => void };
type Point = { x: number; y: number };

/** A share of the frame, for each press. */
const STEP = 0.05;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

const distance = ([one, other]: Point[]) =>
  one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;

/** The picture under a round window: pushed by mouse, finger or arrow keys, larger by wheel or two fingers. */
export function CropStage({ chosen, crop, onCrop }: Props) {
  const fingers = useRef(new Map<number, Point>());
  const place = placeOf(crop, chosen);
  const move = (event: PointerEvent<HTMLElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const apart = distance([...fingers.current.values()]);
    const now = { x: event.clientX, y: event.clientY };
    fingers.current.set(event.pointerId, now);
    const side = event.currentTarget.clientWidth;
    const by = { x: (now.x - before.x) / side, y: (now.y - before.y) / side };
    const count = fingers.current.size;
    const growth = apart > 0 ? distance([...fingers.current.values()]) / apart : 1;
    onCrop((known) => {
      const grown = kept({ ...known, zoom: known.zoom * growth }, chosen);
      return pushed(grown, { x: by.x / count, y: by.y / count }, chosen);
    });
  };
  const lift = (event: PointerEvent<HTMLElement>) => fingers.current.delete(event.pointerId);
  const press = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onCrop((known) => pushed(known, by, chosen));
  };
  return (
    <div
      role="application"
      aria-label="Picture: drag it, or press the arrow keys to move it"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys, as by a mouse.
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={move}
      onPointerUp={lift}
      onPointerCancel={lift}
      onWheel={({ deltaY }) =>
        onCrop((known) => kept({ ...known, zoom: known.zoom * Math.exp(-deltaY / 500) }, chosen))
      }
      onKeyDown={press}
      className="relative mx-auto aspect-square w-full max-w-80 cursor-grab touch-none select-none overflow-hidden rounded-lg bg-canvas active:cursor-grabbing"
    >
      <img
        src={chosen.image.src}
        alt=""
        draggable={false}
        className="pointer-events-none absolute max-w-none"
        style={{
          width: `${place.width}%`,
          height: `${place.height}%`,
          left: `${place.left}%`,
          top: `${place.top}%`,
        }}
      />
      <span className="pointer-events-none absolute inset-0.5 rounded-full shadow-[0_0_0_100vmax_rgb(0_0_0/0.55)] ring-2 ring-white" />
    </div>
  );
}
