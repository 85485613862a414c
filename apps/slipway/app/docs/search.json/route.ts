import { searchIndex } from '../../../lib/docs/search-index.ts';

/** Made once, at build time. */
export const dynamic = 'force-static';

export function GET() {
  return Response.json(searchIndex());
}
