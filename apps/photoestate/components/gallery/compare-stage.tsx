'use client';

import type { StageMode } from '../../lib/compare/modes.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { pictureUrl } from '../../lib/gallery/addresses.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { shownPart } from '../../lib/report.ts';
import { Stage } from '../compare/stage.tsx';
import { lightboxKeys } from './lightbox-keys.ts';

type Props = {
  gallery: Gallery;
  photo: GalleryPhoto;
  name: string;
  mode: StageMode;
  onMode: (mode: StageMode) => void;
};

/** Wide enough for a phone that is not zoomed. */
const SMALL = 1440;

/** The exposure and the photo, compared as the studio does. */
export function CompareStage({ gallery, photo, name, mode, onMode }: Props) {
  const { width, height, crop } = photo;
  const isSmall = window.innerWidth * window.devicePixelRatio <= SMALL;
  const picture = (side: 'view' | 'before', label: string): StagePicture => ({
    label,
    preview: isSmall ? pictureUrl(gallery, { photo, side, width: SMALL }) : null,
    full: pictureUrl(gallery, { photo, side, width: 2048 }),
    size: { width, height },
  });
  return (
    <Stage
      name={name}
      left={picture('before', 'Original')}
      right={{ ...picture('view', 'Finished'), shows: shownPart({ report: null, crop }) }}
      mode={mode}
      onMode={onMode}
      keys={lightboxKeys}
      fill
    />
  );
}
