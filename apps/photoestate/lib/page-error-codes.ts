import type { PhotoestateErrorCode } from '@repo/photoestate/errors';
import type { Explained } from './error-codes.ts';

const explained = (meaning: string, remedy: string): Explained => ({ meaning, remedy });

/** Of people, links, reviews and galleries: pages meet them, keys do not. */
export const PAGE_ERRORS = {
  unauthenticated: explained('Nobody is signed in.', 'Sign in, or send a key.'),
  url_invalid: explained(
    'A signed address is not whole, or was changed.',
    'Ask for a new one; use it exactly as it is.',
  ),
  url_expired: explained('A signed address is over.', 'Ask for a new one.'),
  invitation_invalid: explained(
    'The invitation was used, revoked, is over, or its link is not whole.',
    'Ask an owner or admin of the organization for a new one.',
  ),
  invitation_other_address: explained(
    'The invitation was made out to another address than that of the signed-in account.',
    'Sign in, or sign up, with the address that was invited, or ask for an invitation of yours.',
  ),
  address_unconfirmed: explained(
    'Nobody has confirmed yet that the address of the account is theirs.',
    'Open the link in the mail that came when you signed up.',
  ),
  not_restorable: explained(
    'Only a finished version that was not rejected can be the result again.',
    'Choose another version, or enhance the scene anew.',
  ),
  not_in_review: explained(
    'The engine had no complaint about this result.',
    'Read it again: somebody may have made a newer version.',
  ),
  already_decided: explained(
    'Somebody decided about this result already.',
    'Read it again to see what was decided.',
  ),
  nothing_to_deliver: explained(
    'There is no finished photo to deliver, or those that were chosen cannot be.',
    'Enhance scenes and accept what needs review, then deliver.',
  ),
  delivery_preparing: explained(
    'Sizes or watermarks of this delivery are still being made.',
    'Ask again after Retry-After.',
  ),
  payment_required: explained(
    'This delivery is not paid yet: only pictures with a watermark are shown.',
    'The studio marks it as paid; then every size can be downloaded.',
  ),
  pin_required: explained('The gallery asks for its PIN.', 'The studio that sent the link has it.'),
  pin_locked: explained(
    'So many wrong PINs were tried that the gallery waits for a new one.',
    'Ask whoever sent the link for a new PIN; the studio was told.',
  ),
  pin_wrong: explained(
    'This is not the PIN of the gallery.',
    'Ask the studio for it. After ten wrong ones the gallery waits for some minutes.',
  ),
} as const satisfies Partial<Record<PhotoestateErrorCode, Explained>>;
