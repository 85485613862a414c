/** The rows scroll in a frame of their own, so that what is above them stays in sight. */
export const frameClasses =
  'max-h-[max(20rem,calc(100dvh-26rem))] overflow-y-auto overflow-x-hidden overscroll-contain focus-visible:outline-none';

export const elementId = (fileId: string) => `row-${fileId}`;

/** So many rows before the last one the next page is asked for. */
export const NEAR_END = 60;
