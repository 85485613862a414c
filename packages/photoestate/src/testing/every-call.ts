import { AppError } from '@repo/foundation/errors';
import type { Context } from '../context.ts';
import type { Permission } from '../permission.ts';
import { appRouter } from '../router.ts';

/** What the calls below are about. */
export interface Subject {
  organizationId: string;
  listingId: string;
  photoId: string;
  sceneId: string;
  enhancementId: string;
  batchId: string;
  previewId: string;
  deliveryId: string;
  commentId: string;
}

/** Procedures that are about nobody's things but the caller's own; and those of the installation, whose tests ask who may. */
export const OPEN_PROCEDURES = [
  'session.me',
  'enhancement.presets',
  'enhancement.controls',
  'invitation.get',
  'invitation.accept',
  'notice.list',
  'notice.unread',
  'notice.read',
  'notification.get',
  'notification.update',
  'notification.noticeTimeZone',
  'account.rename',
  'account.removePicture',
  'account.sessions',
  'account.endSession',
  'account.endOtherSessions',
  'account.delete',
  'installation.creditHolders',
  'installation.giveCredits',
  'outbox.list',
  'outbox.get',
  'outbox.retry',
  'delivery.sizes',
  'delivery.mine',
];

interface Call {
  needs: Permission;
  input: Record<string, unknown>;
}

const call = (needs: Permission, input: Record<string, unknown>): Call => ({ needs, input });

function keyProcedures(organizationId: string): Record<string, Call> {
  return {
    'apiKey.list': call('key.manage', { organizationId }),
    'apiKey.create': call('key.manage', { organizationId, name: 'A key', scopes: ['read'] }),
    'apiKey.rename': call('key.manage', { organizationId, keyId: 'key_any', name: 'Other' }),
    'apiKey.roll': call('key.manage', { organizationId, keyId: 'key_any', overlapHours: 1 }),
    'apiKey.revoke': call('key.manage', { organizationId, keyId: 'key_any' }),
  };
}

function ofDeliveries({ listingId, deliveryId, commentId }: Subject): Record<string, Call> {
  return {
    'delivery.list': call('delivery.manage', { listingId }),
    'delivery.create': call('delivery.manage', { listingId }),
    'delivery.update': call('delivery.manage', { deliveryId, branded: false }),
    'delivery.send': call('delivery.manage', { deliveryId }),
    'delivery.answer': call('delivery.manage', { commentId, body: 'Thanks' }),
    'delivery.moderate': call('delivery.manage', { commentId, hidden: true }),
    'delivery.renewLink': call('delivery.manage', { deliveryId }),
    'delivery.revoke': call('delivery.manage', { deliveryId }),
  };
}

/**
 * Every procedure that names something by id: the permission it asks for, and an input that is right.
 * What ends things comes last.
 */
export function everyProcedure(subject: Subject): Record<string, Call> {
  const { organizationId, listingId, photoId, sceneId } = subject;
  return {
    'organization.rename': call('organization.manage', { organizationId, name: 'Renamed' }),
    'organization.settings': call('organization.manage', { organizationId }),
    'organization.updateSettings': call('organization.manage', {
      organizationId,
      senderName: 'Elm Studio',
    }),
    'organization.removeLogo': call('organization.manage', { organizationId }),
    'member.list': call('listing.read', { organizationId }),
    'member.invite': call('member.manage', {
      organizationId,
      email: 'new@example.com',
      role: 'agent',
    }),
    'member.revokeInvitation': call('member.manage', { organizationId, invitationId: 'inv_any' }),
    'member.changeRole': call('member.manage', {
      organizationId,
      userId: 'usr_any',
      role: 'agent',
    }),
    'member.remove': call('member.manage', { organizationId, userId: 'usr_any' }),
    'member.transfer': call('organization.transfer', { organizationId, userId: 'usr_any' }),
    'listing.list': call('listing.read', { organizationId }),
    'listing.get': call('listing.read', { listingId }),
    'listing.create': call('listing.edit', { organizationId, address: 'A planted house' }),
    'listing.update': call('listing.edit', { listingId, address: 'Elsewhere' }),
    'listing.choices': call('listing.read', { organizationId }),
    'listing.activity': call('listing.read', { listingId }),
    'listing.archive': call('listing.edit', { listingIds: [listingId] }),
    'listing.restore': call('listing.edit', { listingIds: [listingId] }),
    'savedView.list': call('listing.read', { organizationId }),
    'savedView.save': call('listing.read', {
      organizationId,
      name: 'Mine',
      query: 'status=review',
    }),
    'savedView.delete': call('listing.read', { organizationId, viewId: 'view_any' }),
    'photo.list': call('listing.read', { listingId }),
    'photo.findKnown': call('photo.upload', { listingId, digests: ['0'.repeat(64)] }),
    'photo.move': call('listing.edit', { photoId, sceneId: null }),
    'scene.list': call('listing.read', { listingId }),
    'scene.merge': call('listing.edit', { sceneId, fromSceneIds: [sceneId] }),
    'scene.rate': call('listing.edit', { sceneId, rating: 3 }),
    'scene.split': call('listing.edit', { sceneId }),
    'credit.get': call('credit.read', { organizationId }),
    'credit.usage': call('credit.read', { organizationId }),
    'credit.entries': call('credit.read', { organizationId }),
    'credit.export': call('credit.read', { organizationId }),
    ...keyProcedures(organizationId),
    ...ofEnhancements(subject),
    ...ofDeliveries(subject),
    'photo.delete': call('listing.edit', { photoId }),
    'listing.delete': call('listing.delete', { listingId }),
    // Every role may, a client too.
    'member.leave': call('gallery.read', { organizationId }),
  };
}

/** Looks, versions, batches and reviews. */
function ofEnhancements(subject: Subject): Record<string, Call> {
  const { organizationId, listingId, sceneId, enhancementId, batchId, previewId } = subject;
  return {
    'enhancement.get': call('listing.read', { enhancementId }),
    'enhancement.listForScene': call('listing.read', { sceneId }),
    'enhancement.quote': call('enhance.run', { listingId }),
    'review.list': call('listing.read', { organizationId }),
    'review.accept': call('review.decide', { enhancementId }),
    'review.adjust': call('review.decide', { enhancementId, preset: 'bright' }),
    'review.reject': call('review.decide', { enhancementId }),
    'enhancement.restore': call('listing.edit', { enhancementId }),
    'batch.list': call('listing.read', { listingId }),
    'batch.pause': call('enhance.run', { batchId }),
    'batch.resume': call('enhance.run', { batchId }),
    'batch.retryFailed': call('enhance.run', { batchId }),
    'batch.cancel': call('enhance.run', { batchId }),
    'look.list': call('listing.read', { organizationId }),
    'look.create': call('enhance.run', { organizationId, name: 'Ours', preset: 'bright' }),
    'look.update': call('enhance.run', { organizationId, lookId: 'look_any', name: 'Other' }),
    'look.setDefault': call('enhance.run', { organizationId, look: 'bright' }),
    'look.delete': call('enhance.run', { organizationId, lookId: 'look_any' }),
    'preview.start': call('enhance.run', { sceneId }),
    'preview.get': call('enhance.run', { previewId }),
    'scene.setSettings': call('enhance.run', {
      ...{ listingId, sceneIds: [sceneId], look: null },
    }),
    'enhancement.start': call('enhance.run', { sceneId, preset: 'bright' }),
    'enhancement.startListing': call('enhance.run', { listingId, preset: 'bright' }),
    'enhancement.cancel': call('enhance.run', { enhancementId }),
    'enhancement.retry': call('enhance.run', { enhancementId }),
  };
}

/** Calls a procedure by its name; what it was refused with, or null. */
export async function refusalOf(
  ctx: Context,
  path: string,
  input: unknown,
): Promise<AppError | Error | null> {
  const [group = '', name = ''] = path.split('.');
  const caller = appRouter.createCaller(ctx) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const procedure = caller[group]?.[name];
  if (procedure === undefined) throw new Error(`there is no procedure ${path}`);
  try {
    await procedure(input);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.cause instanceof AppError ? error.cause : error;
  }
}
