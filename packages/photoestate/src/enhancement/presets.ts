/**
 * The looks on offer. Named here and not only in the engine, so that processes
 * which serve pages need not load it; a test holds the two lists together.
 */
export const PRESET_NAMES = ['natural', 'bright', 'luxury', 'twilight'] as const;

export interface PresetInfo {
  name: (typeof PRESET_NAMES)[number];
  label: string;
  description: string;
}

export const PRESETS: readonly PresetInfo[] = [
  { name: 'natural', label: 'Natural', description: 'True to the room.' },
  { name: 'bright', label: 'Bright', description: 'Airy and light, as listings like it.' },
  { name: 'luxury', label: 'Luxury', description: 'Richer colour, deeper shadows, calmer light.' },
  {
    name: 'twilight',
    label: 'Twilight',
    description: 'The light of dusk, nothing painted in. Labelled as altered.',
  },
];
