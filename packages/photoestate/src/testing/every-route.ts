import type { Permission } from '../permission.ts';
import type { Subject } from './subject.ts';

/** A call of the REST API: the permission it asks for, and a body that is right. */
export interface Route {
  needs: Permission;
  path: string;
  body?: Record<string, unknown>;
}

const route = (needs: Permission, path: string, body?: Route['body']): Route => ({
  needs,
  path,
  ...(body && { body }),
});

function batchRoutes({ listingId, batchId }: Subject): Record<string, Route> {
  const listing = `/listings/${listingId}`;
  return {
    'get /listings/{listingId}/batches': route('listing.read', `${listing}/batches`),
    'post /batches/{batchId}/pause': route('enhance.run', `/batches/${batchId}/pause`),
    'post /batches/{batchId}/resume': route('enhance.run', `/batches/${batchId}/resume`),
    'post /batches/{batchId}/retry': route('enhance.run', `/batches/${batchId}/retry`),
    'post /batches/{batchId}/cancel': route('enhance.run', `/batches/${batchId}/cancel`),
  };
}

function webhookRoutes({ webhookId, sentId }: Subject): Record<string, Route> {
  const one = `/webhooks/${webhookId}`;
  const delivery = `${one}/deliveries/${sentId}`;
  const needs = 'webhook.manage';
  return {
    'get /webhooks': { needs, path: '/webhooks' },
    'post /webhooks': { needs, path: '/webhooks', body: { url: 'https://example.com/hooks' } },
    'get /webhooks/{id}': { needs, path: one },
    'patch /webhooks/{id}': { needs, path: one, body: { enabled: true } },
    'post /webhooks/{id}/roll': { needs, path: `${one}/roll`, body: {} },
    'post /webhooks/{id}/test': { needs, path: `${one}/test` },
    'post /webhooks/{id}/replay': {
      ...{ needs, path: `${one}/replay` },
      body: { from: '2026-01-01T00:00:00Z' },
    },
    'get /webhooks/{id}/deliveries': { needs, path: `${one}/deliveries` },
    'get /webhooks/{id}/deliveries/{deliveryId}': { needs, path: delivery },
    'post /webhooks/{id}/deliveries/{deliveryId}/resend': { needs, path: `${delivery}/resend` },
    'delete /webhooks/{id}': { needs, path: one },
  };
}

/** Every route of the REST API by its method and pattern, with every id that it takes. What ends things comes last. */
export function everyRoute(subject: Subject): Record<string, Route> {
  const { listingId, photoId, sceneId, enhancementId, memberId: agentId } = subject;
  const { uploadId } = subject;
  const listing = `/listings/${listingId}`;
  const photo = `/photos/${photoId}`;
  const scene = `/scenes/${sceneId}`;
  const enhancement = `/enhancements/${enhancementId}`;
  const file = { name: 'a.jpg', size: 3, type: 'image/jpeg' };
  const fromUrl = { url: 'https://example.com/a.jpg' };
  return {
    'get /listings': route('listing.read', `/listings?agentId=${agentId}`),
    'post /listings': route('listing.edit', '/listings', { agentId, address: 'A planted house' }),
    'get /listings/{listingId}': route('listing.read', listing),
    'patch /listings/{listingId}': route('listing.edit', listing, {
      ...{ agentId, notes: 'Key in the box' },
    }),
    'post /listings/{listingId}/archive': route('listing.edit', `${listing}/archive`),
    'post /listings/{listingId}/restore': route('listing.edit', `${listing}/restore`),
    'get /listings/{listingId}/photos': route('listing.read', `${listing}/photos`),
    'post /listings/{listingId}/photos': route('photo.upload', `${listing}/photos`, file),
    'post /listings/{listingId}/photos/from-url': route(
      'photo.upload',
      `${listing}/photos/from-url`,
      fromUrl,
    ),
    'post /listings/{listingId}/photos/{uploadId}/complete': route(
      'photo.upload',
      `${listing}/photos/${uploadId}/complete`,
    ),
    'get /listings/{listingId}/scenes': route('listing.read', `${listing}/scenes`),
    'get /listings/{listingId}/enhancements': route('listing.read', `${listing}/enhancements`),
    'post /listings/{listingId}/enhancements/quote': route(
      'enhance.run',
      `${listing}/enhancements/quote`,
      { sceneId, sceneIds: [sceneId] },
    ),
    'post /listings/{listingId}/enhancements': route('enhance.run', `${listing}/enhancements`, {
      sceneIds: [sceneId],
    }),
    'get /photos/{photoId}': route('listing.read', photo),
    'get /photos/{photoId}/files/{size}': route('listing.read', `${photo}/files/original`),
    'post /photos/{photoId}/move': route('listing.edit', `${photo}/move`, { sceneId }),
    'post /scenes/{sceneId}/merge': route('listing.edit', `${scene}/merge`, {
      fromSceneIds: [sceneId],
    }),
    'post /scenes/{sceneId}/enhancements': route('enhance.run', `${scene}/enhancements`, {
      preset: 'bright',
    }),
    'get /enhancements/{enhancementId}': route('listing.read', enhancement),
    'get /enhancements/{enhancementId}/files/{size}': route(
      'listing.read',
      `${enhancement}/files/full`,
    ),
    'post /enhancements/{enhancementId}/cancel': route('enhance.run', `${enhancement}/cancel`),
    'post /enhancements/{enhancementId}/retry': route('enhance.run', `${enhancement}/retry`),
    'post /scenes/{sceneId}/split': route('listing.edit', `${scene}/split`, {
      photoIds: [photoId],
    }),
    ...batchRoutes(subject),
    ...webhookRoutes(subject),
    'get /credits': route('credit.read', '/credits'),
    'get /credits/ledger': route('credit.read', '/credits/ledger'),
    'delete /photos/{photoId}': route('listing.edit', photo),
    'delete /scenes/{sceneId}': route('listing.edit', scene),
    'delete /listings/{listingId}': route('listing.delete', listing),
  };
}
