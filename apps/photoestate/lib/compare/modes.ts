import { type Box, fitScale, type Point, type Size } from './view.ts';

/** How the two pictures are laid against each other. */
export const stageModes = ['slider', 'side', 'overlay', 'blink', 'difference'] as const;
export type StageMode = (typeof stageModes)[number];

export function isStageMode(value: unknown): value is StageMode {
  return stageModes.some((mode) => mode === value);
}

/** What is given up between two pictures side by side. */
const gap = 2;

/**
 * The parts of the stage that each show the photo: one, or two of the same size, beside or above one
 * another, whichever shows it larger.
 */
export function panesOf(two: boolean, stage: Size, photo: Size): Box[] {
  if (!two) return [{ x: 0, y: 0, ...stage }];
  const beside = { width: Math.max(0, (stage.width - gap) / 2), height: stage.height };
  const above = { width: stage.width, height: Math.max(0, (stage.height - gap) / 2) };
  return fitScale(photo, beside) >= fitScale(photo, above)
    ? [
        { x: 0, y: 0, ...beside },
        { x: beside.width + gap, y: 0, ...beside },
      ]
    : [
        { x: 0, y: 0, ...above },
        { x: 0, y: above.height + gap, ...above },
      ];
}

/** The corner of the part that a point lies in: what is done there is done to all of them alike. */
export function cornerAt(panes: readonly Box[], at: Point): Point {
  const last = panes.at(-1);
  const inLast = last !== undefined && at.x >= last.x && at.y >= last.y;
  return inLast ? { x: last.x, y: last.y } : { x: 0, y: 0 };
}
