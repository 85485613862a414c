'use client';

import { toast } from '../toaster.tsx';

/** Says that some of what was dropped or chosen is not taken, and why. */
export function tellUnreadable([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  toast.error('Not everything could be read', {
    description: `The browser was not given ${first}${more}. What could be read is taken.`,
  });
}
