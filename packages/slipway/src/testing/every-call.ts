import { AppError } from '@repo/foundation/errors';
import type { SlipwayContext } from '../context.ts';
import type { Permission, ProjectPermission } from '../permission.ts';
import { DEFAULT_RULES } from '../project/schema.ts';
import { appRouter } from '../router.ts';

/** What the calls below are about. */
export interface Subject {
  organizationId: string;
  projectId: string;
  fileId: string;
}

const upload = { name: 'a.txt', size: 1, type: 'text/plain' };
const storageId = 'sto_any';
const keyId = 'key_any';
const endpointId = 'whk_any';
const deliveryId = 'whd_any';
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const bucket = {
  name: 'Planted',
  bucket: 'planted',
  endpoint: null,
  region: 'us-east-1',
  forcePathStyle: true,
  ...credentials,
};

/** Procedures that are about nobody's things but the caller's own. */
export const OPEN_PROCEDURES = [
  'session.me',
  'account.rename',
  'account.removePicture',
  'account.sessions',
  'account.endSession',
  'account.endOtherSessions',
  'account.delete',
  // Asks for an admin of the installation: mail/outbox.db.test.ts.
  'outbox.list',
  'outbox.get',
  'outbox.retry',
  'notice.list',
  'notice.unread',
  'notice.read',
  'notification.get',
  'notification.update',
  'notification.noticeTimeZone',
  'organization.create',
  // Ask for an admin of the installation: installation/organizations.db.test.ts.
  'installation.organizations',
  'installation.organization',
  'installation.assignPlan',
  // Whoever has the code may: device-login/device-login.db.test.ts.
  'deviceLogin.get',
  'deviceLogin.deny',
  // Whoever has the link may.
  'invitation.get',
  'invitation.accept',
];

/**
 * Every procedure of the dashboard that names something by id: the permission it asks for, and an
 * input that is right but for the ids of things that are not there. What ends things comes last.
 */
export function everyProcedure({
  organizationId,
  projectId,
  fileId,
}: Subject): Record<string, { needs: Permission; input: Record<string, unknown> }> {
  const inProject = (needs: ProjectPermission, input: object = {}) => ({
    needs,
    input: { projectId, ...input },
  });
  const ofOrganization = (needs: Permission, input: object = {}) => ({
    needs,
    input: { organizationId, ...input },
  });
  const ofFile = (needs: ProjectPermission) => ({ needs, input: { fileId } });
  return {
    'organization.rename': {
      needs: 'organization.manage',
      input: { organizationId, name: 'Renamed' },
    },
    'organization.get': ofOrganization('project.read'),
    'audit.list': ofOrganization('audit.read'),
    'audit.filters': ofOrganization('audit.read'),
    'audit.export': ofOrganization('audit.read'),
    'member.list': ofOrganization('project.read'),
    'member.invite': ofOrganization('member.manage', {
      email: 'planted@example.com',
      role: 'viewer',
    }),
    'member.revokeInvitation': ofOrganization('member.manage', { invitationId: 'inv_any' }),
    'member.changeRole': ofOrganization('member.manage', { userId: 'usr_any', role: 'viewer' }),
    'member.remove': ofOrganization('member.manage', { userId: 'usr_any' }),
    'member.transfer': ofOrganization('organization.transfer', { userId: 'usr_any' }),
    'project.list': { needs: 'project.read', input: { organizationId } },
    'project.create': { needs: 'project.manage', input: { organizationId, name: 'Planted' } },
    'project.get': inProject('project.read'),
    'project.rename': inProject('project.manage', { name: 'Renamed' }),
    'project.updateRules': inProject('project.manage', { rules: DEFAULT_RULES }),
    ...everyKeyProcedure(inProject),
    'file.list': inProject('file.read'),
    'file.findKnown': inProject('file.read', { digests: ['0'.repeat(64)] }),
    'uploadLog.list': inProject('file.read'),
    'file.get': ofFile('file.read'),
    'file.history': ofFile('file.read'),
    'file.versions': ofFile('file.read'),
    'file.url': ofFile('file.read'),
    'file.requestUpload': inProject('file.upload', upload),
    'file.completeUpload': ofFile('file.upload'),
    'file.update': { needs: 'file.update', input: { fileId, change: { tags: ['planted'] } } },
    'file.bulk': inProject('file.delete', { bulk: { ids: ['file_any'], action: 'delete' } }),
    ...everyViewAndUpkeepProcedure(inProject),
    'storage.list': inProject('project.read'),
    'storage.connect': inProject('project.manage', bucket),
    'storage.updateCredentials': inProject('project.manage', { storageId, ...credentials }),
    'storage.check': inProject('project.manage', { storageId }),
    'storage.use': inProject('project.manage', { storageId }),
    'storage.startMove': inProject('project.manage', { storageId }),
    'storage.cancelMove': inProject('project.manage', { moveId: 'mov_any' }),
    'storage.disconnect': inProject('project.manage', { storageId }),
    ...everyWebhookProcedure(inProject),
    'usage.project': inProject('usage.read'),
    'usage.uploaders': inProject('usage.read'),
    'usage.organization': { needs: 'usage.read', input: { organizationId } },
    'file.delete': ofFile('file.delete'),
    'project.delete': inProject('project.manage'),
    // Not its name, so that it stays.
    'organization.delete': ofOrganization('organization.transfer', { confirmName: 'Planted' }),
    'member.leave': ofOrganization('project.read'),
  };
}

type InProject = (
  needs: ProjectPermission,
  input?: object,
) => ReturnType<typeof everyProcedure>[string];

function everyKeyProcedure(inProject: InProject): ReturnType<typeof everyProcedure> {
  return {
    'apiKey.list': inProject('key.manage'),
    'apiKey.create': inProject('key.manage', { name: 'Planted', scopes: ['admin'] }),
    'apiKey.rename': inProject('key.manage', { keyId, name: 'Renamed' }),
    'apiKey.roll': inProject('key.manage', { keyId, overlapHours: 0 }),
    'apiKey.revoke': inProject('key.manage', { keyId }),
    'deviceLogin.approve': inProject('key.manage', {
      ...{ userCode: 'BCDF-GHJK', scopes: ['read'], expiresInDays: null },
    }),
    'uploadthing.get': inProject('key.manage'),
    'uploadthing.createKey': inProject('key.manage'),
    'uploadthing.revokeKey': inProject('key.manage', { keyId: 'utk_any' }),
  };
}

function everyViewAndUpkeepProcedure(inProject: InProject): ReturnType<typeof everyProcedure> {
  return {
    'savedView.list': inProject('file.read'),
    'savedView.save': inProject('file.read', { name: 'Planted', query: 'q=planted' }),
    'savedView.delete': inProject('file.read', { viewId: 'view_any' }),
    'upkeep.get': inProject('project.read'),
    'upkeep.start': inProject('project.manage'),
  };
}

function everyWebhookProcedure(inProject: InProject): ReturnType<typeof everyProcedure> {
  return {
    'webhook.list': inProject('webhook.manage'),
    'webhook.health': inProject('webhook.manage'),
    'webhook.get': inProject('webhook.manage', { endpointId }),
    'webhook.create': inProject('webhook.manage', { url: 'https://8.8.8.8/hooks' }),
    'webhook.update': inProject('webhook.manage', { endpointId, enabled: true }),
    'webhook.reveal': inProject('webhook.manage', { endpointId }),
    'webhook.roll': inProject('webhook.manage', { endpointId }),
    'webhook.test': inProject('webhook.manage', { endpointId }),
    'webhook.deliveries': inProject('webhook.manage', { endpointId }),
    'webhook.delivery': inProject('webhook.manage', { endpointId, deliveryId }),
    'webhook.resend': inProject('webhook.manage', { endpointId, deliveryId }),
    'webhook.replay': inProject('webhook.manage', { endpointId, from: new Date(0) }),
    'webhook.delete': inProject('webhook.manage', { endpointId }),
    'callback.list': inProject('webhook.manage'),
    'callback.get': inProject('webhook.manage', { fileId: 'file_any' }),
    'callback.resend': inProject('webhook.manage', { fileId: 'file_any' }),
  };
}

/** Calls a procedure by its name; what it was refused with, or null. */
export async function refusalOf(
  ctx: SlipwayContext,
  name: string,
  input: unknown,
): Promise<AppError | Error | null> {
  const [group = '', verb = ''] = name.split('.');
  const caller = appRouter.createCaller(ctx) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const call = caller[group]?.[verb];
  if (call === undefined) throw new Error(`there is no procedure ${name}`);
  try {
    await call(input);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.cause instanceof AppError ? error.cause : error;
  }
}

/** Every REST route with a key, by its `operationId`: the permission, and a body that is right. */
export function everyRoute(): Record<string, { needs: ProjectPermission; body?: object }> {
  return {
    requestUpload: { needs: 'file.upload', body: upload },
    completeUpload: { needs: 'file.upload', body: { id: 'file_any' } },
    uploadFromUrl: { needs: 'file.upload', body: { url: 'http://169.254.169.254/' } },
    createUploadToken: { needs: 'file.upload', body: {} },
    getCallback: { needs: 'file.upload' },
    claimCallback: { needs: 'file.upload', body: { attempt: 1 } },
    listFiles: { needs: 'file.read' },
    exportFiles: { needs: 'file.read' },
    listUploadLog: { needs: 'file.read' },
    reportRefusals: {
      needs: 'file.upload',
      body: { refusals: [{ route: 'a', code: 'upload_rejected', message: 'Planted', name: 'a' }] },
    },
    getFile: { needs: 'file.read' },
    getFileHistory: { needs: 'file.read' },
    listFileVersions: { needs: 'file.read' },
    getFileUrl: { needs: 'file.read' },
    updateFile: { needs: 'file.update', body: { tags: ['planted'] } },
    confirmFile: { needs: 'file.update' },
    restoreFile: { needs: 'file.delete' },
    changeFiles: { needs: 'file.delete', body: { ids: ['file_any'], action: 'restore' } },
    deleteFile: { needs: 'file.delete' },
    getProject: { needs: 'project.read' },
    listKeys: { needs: 'key.manage' },
    createKey: { needs: 'key.manage', body: { name: 'Planted', scopes: ['read'] } },
    rollKey: { needs: 'key.manage', body: { overlapHours: 0 } },
    revokeKey: { needs: 'key.manage' },
    listEvents: { needs: 'webhook.manage' },
    listWebhooks: { needs: 'webhook.manage' },
    createWebhook: { needs: 'webhook.manage', body: { url: 'https://8.8.8.8/hooks' } },
    getWebhook: { needs: 'webhook.manage' },
    updateWebhook: { needs: 'webhook.manage', body: { enabled: true } },
    deleteWebhook: { needs: 'webhook.manage' },
    rollWebhookSecret: { needs: 'webhook.manage', body: {} },
    testWebhook: { needs: 'webhook.manage' },
    listWebhookDeliveries: { needs: 'webhook.manage' },
    getWebhookDelivery: { needs: 'webhook.manage' },
    resendWebhookDelivery: { needs: 'webhook.manage' },
    replayWebhook: { needs: 'webhook.manage', body: { from: '2026-01-01T00:00:00Z' } },
    getUsage: { needs: 'usage.read' },
    listUploaders: { needs: 'usage.read' },
  };
}
