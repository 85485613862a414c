/** What addresses of pages are made of. */
export interface Place {
  organizationId: string;
  projectId: string;
  webhookId: string;
  /** The way of an invitation, with its secret. */
  invitation: string;
  /** Below /docs, of what is written in Markdown. */
  docs: readonly string[];
}

/** Each page of Slipway by its folder in `app`, and the addresses at which it is looked at. */
export const PAGES: Readonly<Record<string, (place: Place) => readonly string[]>> = {
  '/': () => ['/'],
  '/docs/[[...slug]]': ({ docs }) => docs,
  '/docs/api': () => ['/docs/api'],
  '/docs/errors': () => ['/docs/errors'],
  '/docs/errors/[code]': () => ['/docs/errors/file_too_large'],
  '/sign-in': () => ['/sign-in'],
  '/sign-up': () => ['/sign-up'],
  '/forgot-password': () => ['/forgot-password'],
  '/reset-password': () => ['/reset-password', '/reset-password?token=any'],
  '/unsubscribe': () => ['/unsubscribe', '/unsubscribe?done=dailySummary'],
  '/dashboard': () => ['/dashboard'],
  '/invitations/[invitationId]': ({ invitation }) => [invitation, '/invitations/inv_none'],
  '/admin': () => ['/admin'],
  '/admin/organizations/[organizationId]': ({ organizationId }) => [
    `/admin/organizations/${organizationId}`,
  ],
  '/device': () => ['/device'],
  '/outbox': () => ['/outbox'],
  '/settings/notifications': () => ['/settings/notifications'],
  ...below(
    '/organizations/[organizationId]',
    ['audit', 'members', 'settings', 'usage'],
    (place) => [`/organizations/${place.organizationId}`],
  ),
  '/projects/[projectId]': ({ projectId }) => [`/projects/${projectId}`, '/projects/prj_none'],
  ...below(
    '/projects/[projectId]',
    ['keys', 'rules', 'settings', 'storage', 'upkeep', 'uploads', 'usage', 'webhooks'],
    (place) => [`/projects/${place.projectId}`],
  ),
  '/projects/[projectId]/webhooks/[webhookId]': ({ projectId, webhookId }) => [
    `/projects/${projectId}/webhooks/${webhookId}`,
  ],
};

function below(
  folder: string,
  names: readonly string[],
  at: (place: Place) => readonly string[],
): Record<string, (place: Place) => readonly string[]> {
  return Object.fromEntries(
    names.map((name) => [
      `${folder}/${name}`,
      (place) => at(place).map((path) => `${path}/${name}`),
    ]),
  );
}
