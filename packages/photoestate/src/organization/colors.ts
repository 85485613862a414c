import { contrastOf } from '@repo/foundation/colors';

export { textOn } from '@repo/foundation/colors';

/** Colours of an organization, `#rrggbb`. Pages use this as well as verbs. */

/** What galleries have while nobody chose a colour. */
export const DEFAULT_COLORS = { accent: '#e8a33d', background: '#101010' } as const;

/** Buttons and their like have to stand out from what they are on (1.4.11). */
const LEAST_CONTRAST = 3;

/** Why these two cannot be used together, or null. */
export function colorProblem(accent: string | null, background: string | null): string | null {
  const contrast = contrastOf(
    accent ?? DEFAULT_COLORS.accent,
    background ?? DEFAULT_COLORS.background,
  );
  if (contrast >= LEAST_CONTRAST) return null;
  return `Expected an accent that stands out from the background by at least ${LEAST_CONTRAST}:1; these have ${contrast.toFixed(1)}:1.`;
}
