import { AppError } from '@repo/foundation/errors';
import type { Context } from '../context.ts';
import type { Permission } from '../permission.ts';
import { appRouter } from '../router.ts';
import type { Subject } from './subject.ts';

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

function ofOrganizations(subject: Subject): Record<string, Call> {
  const { organizationId, invitationId, memberId: userId, keyId, viewId } = subject;
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
    'member.revokeInvitation': call('member.manage', { organizationId, invitationId }),
    'member.changeRole': call('member.manage', { organizationId, userId, role: 'agent' }),
    'savedView.list': call('listing.read', { organizationId }),
    'savedView.save': call('listing.read', {
      organizationId,
      name: 'Mine',
      query: 'status=review',
    }),
    'savedView.delete': call('listing.read', { organizationId, viewId }),
    'apiKey.list': call('key.manage', { organizationId }),
    'apiKey.create': call('key.manage', { organizationId, name: 'A key', scopes: ['read'] }),
    'apiKey.rename': call('key.manage', { organizationId, keyId, name: 'Other' }),
    'apiKey.roll': call('key.manage', { organizationId, keyId, overlapHours: 1 }),
    'apiKey.revoke': call('key.manage', { organizationId, keyId }),
    'credit.get': call('credit.read', { organizationId }),
    'credit.usage': call('credit.read', { organizationId }),
    'credit.entries': call('credit.read', { organizationId }),
    'credit.export': call('credit.read', { organizationId }),
  };
}

function ofWebhooks({ organizationId, webhookId, sentId }: Subject): Record<string, Call> {
  const needs = 'webhook.manage';
  const one = { organizationId, endpointId: webhookId };
  const sent = { ...one, deliveryId: sentId };
  const from = new Date('2026-01-01');
  return {
    'webhook.list': call(needs, { organizationId }),
    'webhook.health': call(needs, { organizationId }),
    'webhook.get': call(needs, one),
    'webhook.create': call(needs, { organizationId, url: 'http://127.0.0.1:9/hooks' }),
    'webhook.update': call(needs, { ...one, enabled: true }),
    'webhook.reveal': call(needs, one),
    'webhook.roll': call(needs, { ...one, overlapSeconds: 60 }),
    'webhook.test': call(needs, one),
    'webhook.deliveries': call(needs, one),
    'webhook.delivery': call(needs, sent),
    'webhook.resend': call(needs, sent),
    'webhook.replay': call(needs, { ...one, from }),
    'webhook.delete': call(needs, one),
  };
}

function ofDeliveries({
  listingId,
  sceneId,
  deliveryId,
  commentId,
  visitorId,
}: Subject): Record<string, Call> {
  const photos = [{ sceneId }];
  return {
    'delivery.list': call('delivery.manage', { listingId }),
    'delivery.requests': call('delivery.manage', { listingId }),
    'delivery.favourites': call('delivery.manage', { visitorId }),
    'delivery.create': call('delivery.manage', { listingId, photos }),
    'delivery.update': call('delivery.manage', { deliveryId, branded: false, photos }),
    'delivery.send': call('delivery.manage', { deliveryId }),
    'delivery.answer': call('delivery.manage', { commentId, body: 'Thanks' }),
    'delivery.moderate': call('delivery.manage', { commentId, hidden: true }),
    'delivery.renewLink': call('delivery.manage', { deliveryId }),
    'delivery.revoke': call('delivery.manage', { deliveryId }),
  };
}

function ofListings(subject: Subject): Record<string, Call> {
  const { organizationId, memberId: agentId, listingId, photoId, sceneId } = subject;
  return {
    'listing.list': call('listing.read', { organizationId, agentId }),
    'listing.get': call('listing.read', { listingId }),
    'listing.create': call('listing.edit', { organizationId, agentId, address: 'A planted house' }),
    'listing.update': call('listing.edit', { listingId, agentId, address: 'Elsewhere' }),
    'listing.choices': call('listing.read', { organizationId }),
    'listing.activity': call('listing.read', { listingId }),
    'listing.archive': call('listing.edit', { listingIds: [listingId] }),
    'listing.restore': call('listing.edit', { listingIds: [listingId] }),
    'photo.list': call('listing.read', { listingId }),
    'photo.findKnown': call('photo.upload', { listingId, digests: ['0'.repeat(64)] }),
    'photo.move': call('listing.edit', { photoId, sceneId }),
    'scene.list': call('listing.read', { listingId }),
    'scene.merge': call('listing.edit', { sceneId, fromSceneIds: [sceneId] }),
    'scene.rate': call('listing.edit', { sceneId, rating: 3 }),
    'scene.split': call('listing.edit', { sceneId, photoIds: [photoId], parts: [[photoId]] }),
  };
}

/** Looks, versions, batches and reviews. */
function ofEnhancements(subject: Subject): Record<string, Call> {
  const { organizationId, listingId, sceneId, enhancementId, batchId, previewId } = subject;
  const { lookId } = subject;
  const sceneIds = [sceneId];
  return {
    'enhancement.get': call('listing.read', { enhancementId }),
    'enhancement.listForScene': call('listing.read', { sceneId }),
    'enhancement.quote': call('enhance.run', { listingId, sceneId, sceneIds }),
    'review.list': call('listing.read', { organizationId, listingId }),
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
    'look.update': call('enhance.run', { organizationId, lookId, name: 'Other' }),
    'look.setDefault': call('enhance.run', { organizationId, look: lookId }),
    'look.delete': call('enhance.run', { organizationId, lookId }),
    'preview.start': call('enhance.run', { sceneId }),
    'preview.get': call('enhance.run', { previewId }),
    'scene.setSettings': call('enhance.run', { listingId, sceneIds, look: null }),
    'enhancement.start': call('enhance.run', { sceneId, preset: 'bright' }),
    'enhancement.startListing': call('enhance.run', { listingId, sceneIds, preset: 'bright' }),
    'enhancement.cancel': call('enhance.run', { enhancementId }),
    'enhancement.retry': call('enhance.run', { enhancementId }),
  };
}

/**
 * Every procedure that names something by id: the permission it asks for, and an input that is right, with every
 * id that it takes. What ends things comes last.
 */
export function everyProcedure(subject: Subject): Record<string, Call> {
  const { organizationId, listingId, photoId, sceneId, memberId: userId } = subject;
  const sceneIds = [sceneId];
  return {
    ...ofOrganizations(subject),
    ...ofWebhooks(subject),
    ...ofListings(subject),
    ...ofEnhancements(subject),
    ...ofDeliveries(subject),
    'photo.delete': call('listing.edit', { photoId }),
    'scene.delete': call('listing.edit', { listingId, sceneIds, photoIds: [photoId] }),
    'listing.delete': call('listing.delete', { listingId }),
    'member.remove': call('member.manage', { organizationId, userId }),
    'member.transfer': call('organization.transfer', { organizationId, userId }),
    // Every role may, a client too.
    'member.leave': call('gallery.read', { organizationId }),
  };
}

/** Calls a procedure by its name: what it was refused with, or what it answered. */
export async function callProcedure(
  ctx: Context,
  path: string,
  input: unknown,
): Promise<{ refusal: AppError | Error | null; answer: unknown }> {
  const [group = '', name = ''] = path.split('.');
  const caller = appRouter.createCaller(ctx) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const procedure = caller[group]?.[name];
  if (procedure === undefined) throw new Error(`there is no procedure ${path}`);
  try {
    return { refusal: null, answer: await procedure(input) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refusal: error.cause instanceof AppError ? error.cause : error, answer: null };
  }
}

/** What a procedure was refused with, or null. */
export async function refusalOf(
  ctx: Context,
  path: string,
  input: unknown,
): Promise<AppError | Error | null> {
  return (await callProcedure(ctx, path, input)).refusal;
}
