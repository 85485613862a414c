import { DELIVERIES, type DeliveryName } from '@repo/engine';

/** Sizes that a photographer may offer for download, in the order in which they are offered. */
export const SIZE_NAMES = [
  'mls',
  'mls-bright',
  'mls-crmls',
  'mls-har',
  'mls-nwmls',
  'mls-paragon',
  'mls-smartmls',
  'web',
  'web-large',
  'print-letter',
  'print-a4',
  'print-a3',
  'social-square',
  'social-portrait',
  'social-story',
  'original',
] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

/** What is offered when nobody chose. */
export const USUAL_SIZES: readonly SizeName[] = ['mls', 'web', 'print-a4', 'original'];

export interface Size {
  name: SizeName;
  label: string;
  /** How large, in words. */
  detail: string;
}

const LABELS: Readonly<Record<SizeName, string>> = {
  mls: 'MLS',
  'mls-bright': 'MLS: Bright',
  'mls-crmls': 'MLS: CRMLS',
  'mls-har': 'MLS: HAR',
  'mls-nwmls': 'MLS: NWMLS',
  'mls-paragon': 'MLS: Paragon',
  'mls-smartmls': 'MLS: SmartMLS',
  web: 'Web',
  'web-large': 'Web, large',
  'print-letter': 'Print, Letter',
  'print-a4': 'Print, A4',
  'print-a3': 'Print, A3',
  'social-square': 'Social, square',
  'social-portrait': 'Social, portrait',
  'social-story': 'Social, story',
  // Not “Original”: the gallery calls the camera’s picture so, beside the finished one.
  original: 'Full size',
};

export const SIZES: readonly Size[] = SIZE_NAMES.map((name) => ({
  name,
  label: LABELS[name],
  detail: name === 'original' ? 'As it was finished' : measures(name),
}));

function measures(name: DeliveryName): string {
  const { maxWidth, maxHeight, maxBytes, density } = DELIVERIES[name];
  const limit = maxBytes === null ? '' : `, at most ${weight(maxBytes)}`;
  const dpi = density === null ? '' : `, ${density} dpi`;
  return `${maxWidth} × ${maxHeight}${dpi}${limit}`;
}

function weight(bytes: number): string {
  return bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1000} kB`;
}

export function isSizeName(name: string): name is SizeName {
  return SIZE_NAMES.some((known) => known === name);
}
