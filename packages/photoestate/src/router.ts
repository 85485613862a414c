import type { Me as Person } from '@repo/foundation/account';
import type { Members as Belonging } from '@repo/foundation/member';
import { accountRouter, sessionRouter } from './account/router.ts';
import { apiKeyRouter } from './api-key/router.ts';
import { batchRouter } from './batch/router.ts';
import { creditRouter } from './credit/router.ts';
import { enhancementRouter } from './enhancement/router.ts';
import { deliveryRouter } from './gallery/router.ts';
import { installationRouter, outboxRouter } from './installation/router.ts';
import { listingRouter } from './listing/router.ts';
import { lookRouter } from './look/router.ts';
import { invitationRouter, memberRouter } from './member/router.ts';
import { noticeRouter, notificationRouter } from './notice/router.ts';
import { organizationRouter } from './organization/router.ts';
import type { Permission, Role } from './permission.ts';
import { photoRouter } from './photo/router.ts';
import { previewRouter } from './preview/router.ts';
import { reviewRouter } from './review/router.ts';
import { savedViewRouter } from './saved-view/router.ts';
import { sceneRouter } from './scene/router.ts';
import { router } from './trpc.ts';
import { webhookRouter } from './webhook/router.ts';

/** What the pages call. */
export const appRouter = router({
  session: sessionRouter,
  account: accountRouter,
  organization: organizationRouter,
  member: memberRouter,
  invitation: invitationRouter,
  listing: listingRouter,
  savedView: savedViewRouter,
  photo: photoRouter,
  scene: sceneRouter,
  enhancement: enhancementRouter,
  batch: batchRouter,
  look: lookRouter,
  preview: previewRouter,
  review: reviewRouter,
  credit: creditRouter,
  notice: noticeRouter,
  notification: notificationRouter,
  apiKey: apiKeyRouter,
  webhook: webhookRouter,
  installation: installationRouter,
  outbox: outboxRouter,
  delivery: deliveryRouter,
});
export type AppRouter = typeof appRouter;

export type { WebhookView as Webhook } from '@repo/foundation/webhook';
/** Who is signed in. */
export type Me = Person<Role, Permission>;
export type Members = Belonging<Role>;
export type { ListedApiKey } from './api-key/manage.ts';
export type { Batch } from './batch/schema.ts';
export type { CreditEntry } from './credit/entries.ts';
export type { EditPath } from './edit/paths.ts';
export type { Adjustments, AdjustmentValues } from './enhancement/adjustments.ts';
export type { Alterations } from './enhancement/alterations.ts';
export type { Controls } from './enhancement/controls.ts';
export type { PresetInfo } from './enhancement/presets.ts';
export type {
  Enhancement,
  EnhancementStatus,
  Preset,
  StartedListing,
} from './enhancement/schema.ts';
export type {
  Answered,
  Decided,
  Decision,
  Deliverable,
  DeliveredPhoto,
  DeliveredToMe,
  DeliveriesOfListing,
  Delivery,
  Gallery,
  GalleryComment,
  GalleryPhoto,
  OpenRequest,
  PhotoAnswer,
  StudioComment,
  VisitorFavourites,
} from './gallery/schema.ts';
export type { Size } from './gallery/sizes.ts';
export type { CreditHolder } from './installation/list-holders.ts';
export type {
  Activity,
  Listing,
  ListingChoices,
  ListingPage,
  ListingSort,
  ListingStatus,
  ListingSummary,
} from './listing/schema.ts';
export type { ListingEvent } from './live/schema.ts';
export type { LookInfo } from './look/schema.ts';
export type { OrganizationSettings } from './organization/settings.ts';
export type { Photo, PhotoStatus } from './photo/schema.ts';
export type { LookPreview } from './preview/schema.ts';
export type { ReviewItem } from './review/schema.ts';
export type { Scene } from './scene/schema.ts';
