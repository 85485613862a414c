import type { Permission } from '../permission.ts';
import type { Subject } from './subject.ts';

/**
 * Who is let in: members with a permission; members of the studio and those to whom a gallery was delivered
 * (`visit`); whoever has a ticket of a gallery (`ticket`); those who belong to an organization with somebody
 * (`colleague`); everybody (`open`).
 */
export type Door = Permission | 'visit' | 'ticket' | 'colleague' | 'open';

export interface Address {
  door: Door;
  path: string;
  body?: Record<string, unknown>;
}

const address = (door: Door, path: string, body?: Address['body']): Address => ({
  ...{ door, path },
  ...(body && { body }),
});

/** Addresses that answer each call by a table of its own: procedures, the REST API, sign-in, uploads by their route. */
export const OTHER_TABLES = [
  'GET /api/auth/*',
  'POST /api/auth/*',
  'ALL /api/trpc/*',
  'GET /api/uploads',
  'POST /api/uploads',
];

/** Of the process, and of mailboxes: the link in the mail is the permission. */
export const OF_NOBODY = [
  'GET /livez',
  'GET /readyz',
  'GET /metrics',
  'GET /api/unsubscribe',
  'POST /api/unsubscribe',
];

/** Every address below `/api` and `/media` that is asked for by itself. */
export function everyAddress(subject: Subject): Record<string, Address> {
  const { organizationId, memberId, listingId, photoId, enhancementId, previewId } = subject;
  return {
    'GET /media/photos/:id/:size': address('listing.read', `/media/photos/${photoId}/thumb`),
    'GET /media/previews/:id/:size': address('enhance.run', `/media/previews/${previewId}/small`),
    'GET /media/enhancements/:id/:size': address(
      'listing.read',
      `/media/enhancements/${enhancementId}/first-look`,
    ),
    'GET /media/people/:userId/picture': address('colleague', `/media/people/${memberId}/picture`),
    'GET /media/organizations/:organizationId/logo': address(
      'open',
      `/media/organizations/${organizationId}/logo`,
    ),
    'GET /api/listings/:listingId/events': address(
      'listing.read',
      `/api/listings/${listingId}/events`,
    ),
    'GET /media/visitors/:visitor/favourites/:size': address(
      'delivery.manage',
      `/media/visitors/${subject.visitorId}/favourites/web`,
    ),
    ...galleryAddresses(subject),
  };
}

function galleryAddresses({ deliveryId, commentId }: Subject): Record<string, Address> {
  const [visit, media] = [`/api/gallery/${deliveryId}`, `/media/galleries/${deliveryId}`];
  const person = { name: 'Ann' };
  return {
    // By the link's token, which nobody has whose gallery it is not.
    'POST /api/gallery/open': address('ticket', '/api/gallery/open', { token: 'f'.repeat(32) }),
    'POST /api/gallery/:delivery/open': address('visit', `${visit}/open`, {}),
    'POST /api/gallery/:delivery/favourite': address('visit', `${visit}/favourite`, {
      ...{ photoId: 'dph_any', on: true },
    }),
    'POST /api/gallery/:delivery/comments': address('visit', `${visit}/comments`, {
      ...{ ...person, body: 'Lovely' },
    }),
    'DELETE /api/gallery/:delivery/comments/:comment': address(
      'visit',
      `${visit}/comments/${commentId}`,
    ),
    'POST /api/gallery/:delivery/decide': address('visit', `${visit}/decide`, {
      ...{ ...person, decision: 'approved' },
    }),
    'GET /media/galleries/:delivery/cover': address('ticket', `${media}/cover`),
    'GET /media/galleries/:delivery/logo': address('ticket', `${media}/logo`),
    'GET /media/galleries/:delivery/zip/:size': address('ticket', `${media}/zip/web`),
    'GET /media/galleries/:delivery/:photo/download/:size': address(
      'ticket',
      `${media}/dph_any/download/web`,
    ),
    'GET /media/galleries/:delivery/:photo/:side/:width': address(
      'ticket',
      `${media}/dph_any/view/960`,
    ),
  };
}
