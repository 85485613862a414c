import type { Enhancement } from '../enhancement/schema.ts';

/**
 * Hints for an open listing page. `photo`, `scene` and `listing` say "look
 * again"; progress comes along so that a moving bar costs no request.
 */
export type ListingEvent =
  | { type: 'listing'; listingId: string }
  | { type: 'photo'; listingId: string; photoId: string }
  | { type: 'scene'; listingId: string }
  | { type: 'batch'; listingId: string }
  | ({ type: 'enhancement'; listingId: string } & Pick<
      Enhancement,
      'id' | 'sceneId' | 'status' | 'progress' | 'step' | 'firstLook'
    >);
