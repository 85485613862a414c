export const OUTCOMES = {
  refused: { label: 'Refused', tone: 'warning' },
  rejected: { label: 'Rejected', tone: 'danger' },
  failed: { label: 'Failed', tone: 'danger' },
  expired: { label: 'Never came', tone: 'neutral' },
} as const;
export type Outcome = keyof typeof OUTCOMES;

/** What an upload may come to nothing by, as the API calls it. */
export const CODES = [
  'file_type_not_allowed',
  'file_too_large',
  'file_too_small',
  'image_dimensions',
  'visibility_not_allowed',
  'metadata_invalid',
  'file_limit_reached',
  'storage_limit_reached',
  'quota_exceeded',
  'custom_id_taken',
  'not_scannable',
  'size_mismatch',
  'type_mismatch',
  'digest_mismatch',
  'infected',
  'no_bytes',
] as const;

const ACTORS: Readonly<Record<string, string>> = {
  user: 'a member',
  api_key: 'the API',
  system: 'Slipway',
  anonymous: 'the sender',
};

export const actorWords = (by: string): string => ACTORS[by] ?? by;
