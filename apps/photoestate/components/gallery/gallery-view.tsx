'use client';

import { Alert } from '@repo/ui/alert';
import { Heart } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Door, Gallery } from '../../lib/gallery/api.ts';
import { useGallery } from '../../lib/gallery/use-gallery.ts';
import { counted } from '../../lib/listing-status.ts';
import { Approval } from './approval.tsx';
import { Comments } from './comments.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { type GoTo, Grid } from './grid.tsx';
import { Lightbox } from './lightbox.tsx';
import { AboutPhotos } from './provenance.tsx';

type Props = { door: Door; initial: Gallery /** Below the studio's own bar. */; inside?: boolean };

/** The client's page: the photos first, everything else when they ask for it. */
export function GalleryView({ door, initial, inside = false }: Props) {
  const { gallery, actions } = useGallery(door, initial);
  const [shown, setShown] = useState<string>();
  const goTo = useRef<GoTo>(null);
  // Where it was opened, when that was not at its own place among the photos.
  const opener = useRef<{ from: HTMLElement; photoId: string }>(undefined);
  const [onlyLiked, setOnlyLiked] = useState(false);
  const liked = gallery.photos.filter(({ favourite }) => favourite);
  // Who takes the last one back sees all again, also after the next one.
  if (onlyLiked && liked.length === 0) setOnlyLiked(false);
  const narrowed = onlyLiked && liked.length > 0;
  const photos = narrowed ? liked : gallery.photos;
  const { brand } = gallery;
  const showFromTile = (photoId: string) => {
    opener.current = undefined;
    setShown(photoId);
  };
  const Main = inside ? 'div' : 'main';
  return (
    <Main className="mx-auto flex min-h-dvh max-w-[110rem] flex-col px-2 pb-10 sm:px-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 px-2 pt-6 pb-5 sm:px-1 sm:pt-9">
        <div className="min-w-0 basis-72 grow">
          {brand ? (
            <BrandLine name={brand.name} logo={brand.logo && `${brand.logo}?${gallery.ticket}`} />
          ) : null}
          <h1 className="text-balance font-semibold text-2xl tracking-tight sm:text-3xl">
            {gallery.address}
          </h1>
          <p className="mt-1 text-muted-foreground text-sm">
            {counted(gallery.photos.length, 'photo')}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <button
            type="button"
            aria-pressed={narrowed}
            disabled={liked.length === 0}
            onClick={() => setOnlyLiked(!narrowed)}
            className="inline-flex h-10 items-center gap-2 rounded-md px-3 text-sm hover:bg-hover disabled:opacity-60 aria-pressed:bg-muted"
          >
            <Heart
              aria-hidden="true"
              className={liked.length > 0 ? 'size-4 fill-current' : 'size-4'}
            />
            Favourites
            <span className="tabular-nums">{liked.length}</span>
          </button>
          <DownloadMenu gallery={gallery} liked={narrowed ? liked.length : undefined} />
        </div>
      </header>
      {gallery.studio ? (
        <Alert tone="info" className="mx-2 mb-4 sm:mx-1">
          You see what clients see. Your look is not counted.
        </Alert>
      ) : null}
      {gallery.locked && gallery.prepared < gallery.photos.length ? (
        <Alert tone="info" className="mx-2 mb-4 sm:mx-1">
          The previews are being made: {gallery.prepared} of {gallery.photos.length} so far. They
          appear here by themselves.
        </Alert>
      ) : null}
      {gallery.message ? (
        <p className="mb-6 max-w-prose whitespace-pre-line px-2 text-pretty sm:px-1">
          {gallery.message}
        </p>
      ) : null}
      <Grid goTo={goTo} gallery={gallery} photos={photos} actions={actions} onShow={showFromTile} />
      <div className="mx-auto mt-12 grid w-full max-w-5xl gap-10 px-2 md:grid-cols-2">
        <Approval
          galleryId={gallery.id}
          about="all photos"
          decided={gallery.decided}
          actions={actions}
          studio={gallery.studio}
          photos={gallery.photos}
        />
        <section aria-labelledby="all-comments">
          <h2 id="all-comments" className="mb-3 font-semibold text-lg">
            Comments
          </h2>
          <Comments
            gallery={gallery}
            photoId={null}
            actions={actions}
            onShow={(photoId, from) => {
              opener.current = { from, photoId };
              setShown(photoId);
            }}
          />
        </section>
      </div>
      <AboutPhotos photos={gallery.photos} />
      {brand ? (
        <footer className="mt-auto px-2 pt-14 text-center text-muted-foreground text-xs">
          Photos delivered by {brand.name}
        </footer>
      ) : null}
      <Lightbox
        gallery={gallery}
        photos={photos}
        shown={shown}
        actions={actions}
        onShow={setShown}
        onClosed={(event, photoId) => {
          event.preventDefault();
          const opened = opener.current;
          // Who went on to another photo is at that one now.
          if (opened?.photoId === photoId && opened.from.isConnected)
            opened.from.focus({ preventScroll: true });
          else goTo.current?.(photoId);
        }}
      />
    </Main>
  );
}

function BrandLine({ name, logo }: { name: string; logo: string | null }) {
  return (
    <p className="mb-2 flex h-8 items-center font-medium text-muted-foreground text-sm">
      {logo ? (
        // biome-ignore lint/performance/noImgElement: made for this place already
        <img src={logo} alt={name} className="max-h-8 max-w-48 object-contain" />
      ) : (
        name
      )}
    </p>
  );
}
