import type { Box, Size } from './view.ts';

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
  /** What of the camera's frame it shows, as shares of it; left out: all of it. */
  shows?: Box;
};
