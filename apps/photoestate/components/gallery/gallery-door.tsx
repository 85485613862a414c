'use client';

import { EmptyState } from '@repo/ui/empty-state';
import { Images } from 'lucide-react';
import { useState } from 'react';
import type { Door, Gallery } from '../../lib/gallery/api.ts';
import { paletteCss } from '../../lib/gallery/palette.ts';
import { Shortcuts } from '../shortcuts/shortcuts.tsx';
import { GalleryView } from './gallery-view.tsx';
import { PinForm } from './pin-form.tsx';

type Page = { kind: 'open'; gallery: Gallery } | { kind: 'pin' } | { kind: 'gone' };

/** The photos, the question for a PIN, or nothing: what ended and what never was look the same. */
export function GalleryDoor({ door, page }: { door: Door; page: Page }) {
  const [opened, setOpened] = useState<Gallery>();
  const [ended, setEnded] = useState(false);
  const gallery = page.kind === 'open' ? page.gallery : opened;
  if (gallery) {
    const css = gallery.brand && paletteCss(gallery.brand);
    return (
      <Shortcuts>
        {css ? <style>{css}</style> : null}
        <GalleryView door={door} initial={gallery} />
      </Shortcuts>
    );
  }
  if (page.kind === 'pin' && !ended) {
    return <PinForm door={door} onOpen={setOpened} onGone={() => setEnded(true)} />;
  }
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        headingLevel={1}
        icon={<Images />}
        title="There is nothing to see here"
        description="This link does not lead to photos, or no longer. Ask whoever sent it for a new one."
      />
    </main>
  );
}
