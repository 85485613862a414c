import type { Adjustments, Enhancement, LookInfo, Preset, Scene } from '../../lib/trpc.ts';

/** A look, what is changed of it, and what the studio calls it. */
export type Look = { preset: Preset; adjustments: Adjustments; lookName?: string | null };

const known: readonly string[] = ['natural', 'bright', 'luxury', 'twilight'] satisfies Preset[];

function isKnown(preset: string): preset is Preset {
  return known.includes(preset);
}

/** What a version was made with; undefined where this page does not know its look. */
export function lookOf(
  from: Pick<Enhancement, 'preset' | 'adjustments' | 'lookName'> | undefined | null,
): Look | undefined {
  if (!from || !isKnown(from.preset)) return undefined;
  const { preset, adjustments, lookName } = from;
  return { preset, adjustments, lookName };
}

/** What a scene is to be made with, or was made with last. */
export function settingsOf({ settings, result, enhancement }: Scene): Look | undefined {
  return lookOf(settings) ?? lookOf(result) ?? lookOf(enhancement);
}

export function lookFrom({ preset, adjustments, lookName }: LookInfo): Look {
  return { preset, adjustments, lookName };
}
