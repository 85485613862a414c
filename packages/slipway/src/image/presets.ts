/** Sizes with a name, in the words of a URL. `thumbnail` is made for every picture as soon as it is ready. */
export const PRESETS = {
  // One format for all, so that the one that was made in advance serves everybody.
  thumbnail: { w: 320, h: 320, fit: 'inside', format: 'webp' },
  preview: { w: 1280, h: 1280, fit: 'inside', format: 'auto' },
  large: { w: 2560, h: 2560, fit: 'inside', format: 'auto' },
} as const;

export const PRESET_NAMES = [
  'thumbnail',
  'preview',
  'large',
] as const satisfies (keyof typeof PRESETS)[];
