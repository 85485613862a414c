/** Colours of an organization, `#rrggbb`, and their contrast by WCAG 2.2. Pages use this as well as verbs. */

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

export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is easier to read on this; one of them has at least 4.5. */
export function textOn(color: string): '#000000' | '#ffffff' {
  return contrastOf(color, '#000000') >= contrastOf(color, '#ffffff') ? '#000000' : '#ffffff';
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
