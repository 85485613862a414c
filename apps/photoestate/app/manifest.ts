import type { MetadataRoute } from 'next';

const photos = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/tiff',
  'image/avif',
  'image/heic',
  'image/heif',
  'image/x-adobe-dng',
  '.dng',
  '.cr2',
  '.cr3',
  '.nef',
  '.arw',
  '.raf',
  '.orf',
  '.rw2',
];

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/listings',
    name: 'PhotoEstate Pro',
    short_name: 'PhotoEstate',
    description: 'Finished listing photos from bracketed exposures.',
    start_url: '/listings',
    scope: '/',
    display: 'standalone',
    background_color: '#171717',
    theme_color: '#202020',
    categories: ['photo', 'business', 'productivity'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [{ name: 'Listings', url: '/listings' }],
    // Where the service worker does not run yet, app/share/photos answers.
    share_target: {
      action: '/share/photos',
      method: 'post',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'photos', accept: photos }] },
    },
  };
}
