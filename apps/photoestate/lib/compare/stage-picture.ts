import type { Quad } from './projection.ts';
import type { Size } from './view.ts';

/** One of the two pictures on the stage. */
export type StagePicture = {
  /** Said at its corner and by screen readers: "Original", "Natural". */
  label: string;
  /** About 2048 pixels wide; null where there is none. */
  preview: string | null;
  /** Fetched when the zoom asks for more pixels than the preview has. */
  full: string;
  /** In pixels: zoom counts in them. */
  size: Size;
  /** Where its corners lie in the camera's frame, as shares of that; left out: they are the frame's. */
  shows?: Quad;
};
