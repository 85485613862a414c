'use client';

import { Button } from '@repo/ui/button';
import { Columns2, ShieldCheck } from 'lucide-react';
import { useId } from 'react';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { alteredWords, credentialsWords } from '../../lib/gallery/provenance.ts';
import { EditLines } from '../compare/edit-list.tsx';

const MEANS = 'They say how it was made, and no longer match once somebody changes it.';

/** Whether photos are altered, and who signed them; nothing where nothing of it is known. */
export function AboutPhotos({ photos }: { photos: Gallery['photos'] }) {
  const edits = alteredWords(photos);
  const signed = credentialsWords(photos.map(({ credentials }) => credentials));
  if (edits === null && signed === null) return null;
  return (
    <section aria-label="How the photos were made" className="mx-auto mt-12 max-w-prose px-2">
      <div className="flex gap-3 text-muted-foreground text-sm">
        <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <div className="flex flex-col gap-1">
          {edits ? <p>{edits}</p> : null}
          {signed ? (
            <p>
              {signed} {MEANS}
            </p>
          ) : null}
        </div>
      </div>
    </section>
  );
}

type Props = { photo: GalleryPhoto; onCompare: () => void };

/** What was done to one photo, beside it. */
export function AboutPhoto({ photo, onCompare }: Props) {
  const title = useId();
  const { altered, done, before, credentials } = photo;
  const signed = credentialsWords([credentials]);
  return (
    <section aria-labelledby={title} className="flex flex-col gap-4 text-sm">
      <h2 id={title} className="font-medium">
        How it was made
      </h2>
      <p className={altered.length > 0 ? 'font-medium' : 'text-muted-foreground'}>
        {altered.length > 0
          ? 'Digitally altered: something is not seen as the camera saw it.'
          : alteredWords([photo])}
      </p>
      {done && done.length > 0 ? (
        <ul className="flex flex-col gap-1.5">
          <EditLines done={done} altered={altered} />
        </ul>
      ) : null}
      {before ? (
        <div>
          <Button onClick={onCompare}>
            <Columns2 />
            See the original
          </Button>
        </div>
      ) : null}
      {signed ? (
        <div className="flex gap-2 border-t pt-4 text-muted-foreground">
          <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <p>
            {signed} {MEANS}
          </p>
        </div>
      ) : null}
    </section>
  );
}

/** Below the photo: that it is altered, and who signed it. */
export function RecordLine({ photo, onCompare, onMore }: Props & { onMore: () => void }) {
  const { altered, before, credentials } = photo;
  if (altered.length === 0 && credentials === null) return null;
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-3 border-t px-4 py-2 text-center text-sm">
      {altered.length > 0 ? (
        <>
          <strong>Digitally altered.</strong> {altered.join('. ')}
          {before ? (
            <Button variant="link" onClick={onCompare}>
              See the original
            </Button>
          ) : null}
        </>
      ) : null}
      {credentials ? (
        <Button variant="link" onClick={onMore} className="text-muted-foreground">
          <ShieldCheck />
          Content Credentials{credentials.by ? ` by ${credentials.by}` : ''}
        </Button>
      ) : null}
    </p>
  );
}
