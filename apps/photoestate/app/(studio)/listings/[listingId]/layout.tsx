import type { ReactNode } from 'react';
import { DropPhotos } from '../../../../components/upload/uploads.tsx';
import { ListingLive } from '../../../../components/worktable/listing-live.tsx';

type Props = { children: ReactNode; params: Promise<{ listingId: string }> };

/** Live news and the drop target stay while a person moves between the table and its scenes. */
export default async function ListingLayout({ children, params }: Props) {
  const { listingId } = await params;
  return (
    <ListingLive listingId={listingId} key={listingId}>
      {children}
      <DropPhotos listingId={listingId} />
    </ListingLive>
  );
}
