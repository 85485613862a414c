import { procedure, router } from '../trpc.ts';
import { listActivity } from './activity.ts';
import { archiveListings } from './archive.ts';
import { listingChoices } from './choices.ts';
import { createListing } from './create.ts';
import { deleteListing } from './delete.ts';
import { getListing } from './get.ts';
import { listListings } from './list.ts';
import { restoreListings } from './restore.ts';
import {
  ByOrganization,
  CreateListing,
  ListActivity,
  ListingRef,
  ListingRefs,
  ListListings,
  UpdateListing,
} from './schema.ts';
import { updateListing } from './update.ts';

export const listingRouter = router({
  list: procedure.input(ListListings).query(({ ctx, input }) => listListings(ctx, input)),
  choices: procedure.input(ByOrganization).query(({ ctx, input }) => listingChoices(ctx, input)),
  get: procedure.input(ListingRef).query(({ ctx, input }) => getListing(ctx, input)),
  activity: procedure.input(ListActivity).query(({ ctx, input }) => listActivity(ctx, input)),
  create: procedure.input(CreateListing).mutation(({ ctx, input }) => createListing(ctx, input)),
  update: procedure.input(UpdateListing).mutation(({ ctx, input }) => updateListing(ctx, input)),
  archive: procedure.input(ListingRefs).mutation(({ ctx, input }) => archiveListings(ctx, input)),
  restore: procedure.input(ListingRefs).mutation(({ ctx, input }) => restoreListings(ctx, input)),
  delete: procedure.input(ListingRef).mutation(({ ctx, input }) => deleteListing(ctx, input)),
});
