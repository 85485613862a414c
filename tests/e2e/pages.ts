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
  '/account': () => ['/account'],
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

/** What addresses of PhotoEstate Pro's pages are made of. */
export interface Studio {
  organizationId: string;
  webhookId: string;
  listingId: string;
  sceneId: string;
  /** One that needs review. */
  waitingSceneId: string;
  deliveryId: string;
  /** Ways of links for clients: branded, unbranded, behind a PIN. */
  galleries: readonly string[];
  invitation: string;
}

/** The same of PhotoEstate Pro. */
export const STUDIO_PAGES: Readonly<Record<string, (studio: Studio) => readonly string[]>> = {
  '/': () => ['/'],
  '/docs/api': () => ['/docs/api'],
  '/docs/errors': () => ['/docs/errors'],
  '/docs/errors/[code]': () => ['/docs/errors/insufficient_credits'],
  '/sign-in': () => ['/sign-in'],
  '/sign-up': () => ['/sign-up'],
  '/forgot-password': () => ['/forgot-password'],
  '/reset-password': () => ['/reset-password', '/reset-password#token=any'],
  '/unsubscribe': () => ['/unsubscribe', '/unsubscribe?done=gallery_commented'],
  '/g/[token]': ({ galleries }) => [...galleries, '/g/none'],
  '/home': () => ['/home'],
  '/listings': () => ['/listings', '/listings?view=table', '/listings?q=nowhere'],
  '/listings/[listingId]': ({ listingId }) => [
    `/listings/${listingId}`,
    '/listings/lst_none',
    '/nothing',
  ],
  '/listings/[listingId]/scenes/[sceneId]': ({ listingId, sceneId, waitingSceneId }) => [
    `/listings/${listingId}/scenes/${sceneId}`,
    `/listings/${listingId}/scenes/${waitingSceneId}?mode=side`,
    `/listings/${listingId}/scenes/scn_none`,
  ],
  '/listings/[listingId]/deliver': ({ listingId }) => [`/listings/${listingId}/deliver`],
  '/review': () => ['/review'],
  '/delivered': () => ['/delivered'],
  '/delivered/[deliveryId]': ({ deliveryId }) => [
    `/delivered/${deliveryId}`,
    '/delivered/dlv_none',
  ],
  '/credits': () => ['/credits'],
  '/account': () => ['/account'],
  '/share': () => ['/share'],
  ...below(
    '/organizations/[organizationId]',
    ['keys', 'members', 'settings', 'webhooks'],
    ({ organizationId }: Studio) => [`/organizations/${organizationId}`],
  ),
  '/organizations/[organizationId]/webhooks/[webhookId]': ({ organizationId, webhookId }) => [
    `/organizations/${organizationId}/webhooks/${webhookId}`,
    `/organizations/${organizationId}/webhooks/whk_none`,
  ],
  '/invitations/[invitationId]': ({ invitation }) => [invitation, '/invitations/inv_none'],
  '/admin/credits': () => ['/admin/credits'],
  '/admin/outbox': () => ['/admin/outbox'],
};

function below<P = Place>(
  folder: string,
  names: readonly string[],
  at: (place: P) => readonly string[],
): Record<string, (place: P) => readonly string[]> {
  return Object.fromEntries(
    names.map((name) => [
      `${folder}/${name}`,
      (place) => at(place).map((path) => `${path}/${name}`),
    ]),
  );
}
