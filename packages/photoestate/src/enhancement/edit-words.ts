type Facts = Readonly<Record<string, unknown>>;

function number(facts: Facts, key: string): number | undefined {
  const value = facts[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** "1 face", "3 faces". */
function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function alignText(facts: Facts): string {
  const dropped = number(facts, 'dropped') ?? 0;
  const words =
    number(facts, 'aligned') === 0 ? 'Exposures lie on each other' : 'Exposures aligned';
  return dropped > 0 ? `${words}, ${dropped} left out` : words;
}

function mergeText(facts: Facts): string {
  const exposures = number(facts, 'exposures');
  if (exposures === 1) return 'Shadows and highlights balanced from one exposure';
  const words = exposures ? `${exposures} exposures merged` : 'Exposures merged';
  const ghosts = number(facts, 'ghosts') ?? 0;
  return ghosts > 0 ? `${words}, movement removed in ${counted(ghosts, 'place')}` : words;
}

function privacyText(facts: Facts): string {
  const parts = [
    [number(facts, 'faces') ?? 0, 'face'] as const,
    [number(facts, 'byHand') ?? 0, 'marked area'] as const,
  ].filter(([count]) => count > 0);
  if (parts.length === 0) return 'Private things hidden';
  return `${parts.map(([count, thing]) => counted(count, thing)).join(' and ')} blurred`;
}

function balanceText(facts: Facts): string {
  const red = number(facts, 'gainRed');
  const blue = number(facts, 'gainBlue');
  if ((number(facts, 'lights') ?? 1) > 1) return 'Mixed light balanced';
  if (red === undefined || blue === undefined) return 'Colour of the light corrected';
  const warmer = Math.log2(red / blue);
  if (Math.abs(warmer) < 0.02) return 'Colour of the light corrected';
  return warmer > 0 ? 'Cool light corrected' : 'Warm light corrected';
}

function windowText(facts: Facts): string {
  const windows = number(facts, 'windows') ?? number(facts, 'panes');
  if (windows === undefined || windows < 1) return 'The view through the windows brought back';
  return `The view brought back in ${counted(windows, 'window')}`;
}

/** Why it was left as it is, where the step ran for other reasons. */
const LEFT_TILTED: Readonly<Record<string, string>> = {
  upright: 'Verticals were upright already',
  unsure: 'Verticals left as they are: too few upright edges',
  reshoot: 'Tilted too far to be straightened',
};

function verticalsText(facts: Facts): string {
  const { done } = facts;
  if (typeof done === 'string' && LEFT_TILTED[done] !== undefined) return LEFT_TILTED[done];
  const turned = [number(facts, 'pitch'), number(facts, 'roll')].map((by) => Math.abs(by ?? 0));
  const degrees = Math.max(...turned);
  if (degrees < 0.05) return 'Verticals straightened';
  return `Verticals straightened by ${degrees.toFixed(1)}°`;
}

function lensText(facts: Facts): string {
  const has = (key: string) => (number(facts, key) ?? 0) !== 0;
  const parts = [
    has('distortion') ? 'curved lines' : '',
    has('redFringe') || has('blueFringe') ? 'colour fringes' : '',
    has('darkening') ? 'dark corners' : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Lens errors corrected' : `Lens corrected: ${parts.join(', ')}`;
}

function decodeText(facts: Facts): string {
  const bits = number(facts, 'bits');
  return bits && bits > 8 ? `Read in ${bits} bit` : 'Read';
}

const TEXTS: Readonly<Record<string, (facts: Facts) => string>> = {
  decode: decodeText,
  align: alignText,
  merge: mergeText,
  windowPull: windowText,
  lens: lensText,
  verticals: verticalsText,
  whiteBalance: balanceText,
  tone: () => 'Brightness and contrast set',
  denoise: ({ measured }) =>
    measured === 'at full size' ? 'Grain reduced where there was any' : 'Grain reduced',
  sky: () => 'Sky replaced',
  privacy: privacyText,
  sharpen: () => 'Sharpened for delivery',
  dusk: () => 'Light of the day changed to dusk',
};

/** What a step of the engine did, in the words of a photographer. */
export function editWords(step: string, facts: Facts): string {
  return TEXTS[step]?.(facts) ?? step;
}
