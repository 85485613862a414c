import { getPhotoestateRuntime } from '@repo/photoestate/runtime';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { cache } from 'react';
import { GalleryDoor } from '../../../../components/gallery/gallery-door.tsx';

type Props = { params: Promise<{ token: string }> };

/** Asked once a request, for the head and the body. */
const load = cache(async (token: string) =>
  getPhotoestateRuntime().getGallery(token, await headers()),
);

/** Whoever is sent the link sees the house in its preview; search engines are asked to stay out. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const page = await load(token);
  const robots = { index: false, follow: false, nocache: true, noimageindex: true };
  if (page.kind !== 'open') return { title: { absolute: 'Photos' }, description: null, robots };
  const { id, address, brand, photos, ticket } = page.gallery;
  const by = brand ? ` by ${brand.name}` : '';
  const description = `${photos.length === 1 ? 'A photo' : `${photos.length} photos`}${by}`;
  const { publicUrl } = getPhotoestateRuntime();
  const url = `${publicUrl}/media/galleries/${id}/cover?${ticket}`;
  const images = [{ url, width: 1200, height: 630, alt: address }];
  return {
    title: { absolute: address },
    description,
    robots,
    openGraph: {
      type: 'website',
      title: address,
      description,
      images,
      ...(brand && { siteName: brand.name }),
    },
    twitter: { card: 'summary_large_image', title: address, description, images: [url] },
  };
}

export default async function GalleryPage({ params }: Props) {
  const { token } = await params;
  return <GalleryDoor door={{ token }} page={await load(token)} />;
}
