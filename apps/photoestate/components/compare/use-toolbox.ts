'use client';

import { useState } from 'react';
import type { Point } from '../../lib/compare/view.ts';
import type { StageToolbox, ToolName } from './stage-choice.ts';

/** What the loupe looks at, as shares of the photo, and where the part of the stage begins that it is in. */
export type LoupeSpot = { spot: Point; corner: Point };

const none: Record<ToolName, boolean> = { histogram: false, clipping: false, loupe: false };
const middle: LoupeSpot = { spot: { x: 0.5, y: 0.5 }, corner: { x: 0, y: 0 } };

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Which tools are out, and what the loupe looks at. */
export function useToolbox(wanted: boolean) {
  const [on, setOn] = useState(none);
  const [loupe, setLoupe] = useState(middle);
  const tools: StageToolbox | undefined = wanted
    ? {
        on,
        toggle: (tool) => setOn((now) => ({ ...now, [tool]: !now[tool] })),
        moveLoupe: (x, y) =>
          setLoupe(({ spot, corner }) => ({
            spot: { x: within(spot.x + x), y: within(spot.y + y) },
            corner,
          })),
      }
    : undefined;
  const lookAt = ({ spot, corner }: LoupeSpot) =>
    setLoupe({ spot: { x: within(spot.x), y: within(spot.y) }, corner });
  return { tools, loupe, lookAt };
}
