import { procedure, router } from '../trpc.ts';
import { createListing } from './create.ts';
import { deleteListing } from './delete.ts';
import { getListing } from './get.ts';
import { listListings } from './list.ts';
import { CreateListing, ListingRef, ListListings, UpdateListing } from './schema.ts';
import { updateListing } from './update.ts';

export const listingRouter = router({
  list: procedure.input(ListListings).query(({ ctx, input }) => listListings(ctx, input)),
  get: procedure.input(ListingRef).query(({ ctx, input }) => getListing(ctx, input)),
  create: procedure.input(CreateListing).mutation(({ ctx, input }) => createListing(ctx, input)),
  update: procedure.input(UpdateListing).mutation(({ ctx, input }) => updateListing(ctx, input)),
  delete: procedure.input(ListingRef).mutation(({ ctx, input }) => deleteListing(ctx, input)),
});
