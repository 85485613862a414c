import type { EnhanceOptions } from '../../packages/engine/src/index.ts';

/** Every part that options can have, and every kind of value; what docs/engine.md shows. */
export const EXAMPLE_OPTIONS: EnhanceOptions = {
  preset: 'bright',
  steps: {
    windowPull: true,
    denoise: false,
    tone: { brightness: 0.66, lift: 0.4 },
    whiteBalance: { strength: 0.9 },
    privacy: { boxes: [{ left: 0.1, top: 0.25, width: 0.2, height: 0.15 }] },
  },
  output: {
    format: 'jpeg',
    quality: 90,
    maxWidth: 4000,
    chroma: '4:4:4',
    gamut: 'srgb',
    metadata: 'credit',
    captureDate: true,
    location: false,
    texts: {
      title: 'Living room',
      altText: 'A bright living room with a view of the garden',
      artist: 'Anna Hall',
      copyright: '© 2026 Anna Hall',
    },
  },
  previews: [
    { name: 'listing', delivery: 'mls' },
    {
      name: 'card',
      maxWidth: 480,
      maxHeight: 360,
      maxBytes: 60_000,
      format: 'webp',
      quality: 80,
    },
  ],
  firstLook: { name: 'first-look', maxWidth: 1024 },
  limits: { maxFrames: 5, maxPixels: 60_000_000 },
};
