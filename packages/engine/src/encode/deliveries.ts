/** Where a photo is sent: what it may measure and weigh there. */
export type Delivery = {
  /** Pixels; the photo is reduced to fit, never enlarged. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** `cover`: cut to exactly this shape around its middle. */
  readonly fit: 'inside' | 'cover';
  /** Bytes that the file may have, less than the limit where that is 1 MB and more. */
  readonly maxBytes: number | null;
  /** JPEG quality to begin with. */
  readonly quality: number;
  /** Paper can be turned: width and height change places for a photo that stands. */
  readonly turns?: boolean;
  /** Pixels per inch written into the file; only printers care. */
  readonly density: number | null;
  /**
   * Where the numbers come from. `published`: the service's own page. `reported`: other people's tables,
   * to be checked with the service. `ours`: a choice.
   */
  readonly basis: 'published' | 'reported' | 'ours';
};

export const DELIVERY_NAMES = [
  'mls',
  'mls-smartmls',
  'mls-paragon',
  'mls-bright',
  'mls-nwmls',
  'mls-har',
  'mls-crmls',
  'web',
  'web-large',
  'print-letter',
  'print-a4',
  'print-a3',
  'social-square',
  'social-portrait',
  'social-story',
  'social-wide',
] as const;

export type DeliveryName = (typeof DELIVERY_NAMES)[number];

const MEGABYTE = 1_000_000;

const INSIDE = { fit: 'inside', quality: 88, density: null } as const;
const PRINT = {
  fit: 'inside',
  maxBytes: null,
  quality: 95,
  density: 300,
  turns: true,
  basis: 'ours',
} as const;
const SOCIAL = { fit: 'cover', maxBytes: null, quality: 88, density: null, basis: 'ours' } as const;

/**
 * Multiple listing services change their rules; each line says how sure it is. Sizes of paper are 300
 * pixels per inch, lying.
 */
export const DELIVERIES: Readonly<Record<DeliveryName, Delivery>> = {
  // What most services take without scaling it again.
  mls: { ...INSIDE, maxWidth: 2048, maxHeight: 1536, maxBytes: 2.9 * MEGABYTE, basis: 'ours' },
  // matrix.smartmls.com, "Photo specifications": 1024 x 768 ideal, less than 20 MB, 4:3 padded with white.
  'mls-smartmls': {
    ...INSIDE,
    maxWidth: 1024,
    maxHeight: 768,
    maxBytes: 19 * MEGABYTE,
    basis: 'published',
  },
  // ranw.org, "Listing Photo Size and Format Requirements": 1280 x 960 at most, 125 kB.
  'mls-paragon': {
    ...INSIDE,
    maxWidth: 1280,
    maxHeight: 960,
    maxBytes: 125_000,
    basis: 'published',
  },
  'mls-bright': {
    ...INSIDE,
    maxWidth: 2048,
    maxHeight: 1536,
    maxBytes: 2.9 * MEGABYTE,
    basis: 'reported',
  },
  'mls-nwmls': {
    ...INSIDE,
    maxWidth: 1600,
    maxHeight: 1200,
    maxBytes: 10 * MEGABYTE,
    basis: 'reported',
  },
  'mls-har': { ...INSIDE, maxWidth: 2048, maxHeight: 1536, maxBytes: null, basis: 'reported' },
  // 15 MB is reported, the pixels are a guess on the safe side.
  'mls-crmls': {
    ...INSIDE,
    maxWidth: 2048,
    maxHeight: 1536,
    maxBytes: 14 * MEGABYTE,
    basis: 'reported',
  },
  web: { ...INSIDE, maxWidth: 2048, maxHeight: 2048, maxBytes: 600_000, basis: 'ours' },
  'web-large': {
    ...INSIDE,
    maxWidth: 3840,
    maxHeight: 3840,
    maxBytes: 2 * MEGABYTE,
    basis: 'ours',
  },
  'print-letter': { ...PRINT, maxWidth: 3300, maxHeight: 2550 },
  'print-a4': { ...PRINT, maxWidth: 3508, maxHeight: 2480 },
  'print-a3': { ...PRINT, maxWidth: 4961, maxHeight: 3508 },
  'social-square': { ...SOCIAL, maxWidth: 1080, maxHeight: 1080 },
  'social-portrait': { ...SOCIAL, maxWidth: 1080, maxHeight: 1350 },
  'social-story': { ...SOCIAL, maxWidth: 1080, maxHeight: 1920 },
  'social-wide': { ...SOCIAL, maxWidth: 1200, maxHeight: 630 },
};
