import type { ReactNode } from 'react';
import { ResumedAdjust } from '../../../../components/enhance/resumed-adjust.tsx';
import { DropPhotos } from '../../../../components/upload/uploads.tsx';
import { ListingLive } from '../../../../components/worktable/listing-live.tsx';
import { getSession } from '../../../../lib/session.ts';

type Props = { children: ReactNode; params: Promise<{ listingId: string }> };

/** Live news and the drop target stay while a person moves between the table and its scenes. */
export default async function ListingLayout({ children, params }: Props) {
  // As above: what is below would ask for data that a visitor does not get.
  if (!(await getSession())) return children;
  const { listingId } = await params;
  return (
    <ListingLive listingId={listingId} key={listingId}>
      {children}
      <DropPhotos listingId={listingId} />
      <ResumedAdjust listingId={listingId} />
    </ListingLive>
  );
}
