import { byBrightness, exposureLabel, middleExposure } from '../exposure.ts';
import { shownPart } from '../report.ts';
import type { Enhancement, Photo, Scene } from '../trpc.ts';
import type { StagePicture } from './stage-picture.ts';

/** What can stand on one side of the stage: a version or an exposure. */
export type Side = {
  id: string;
  kind: 'version' | 'exposure';
  picture: StagePicture;
};

type Shown = Pick<Scene, 'photos' | 'result'>;

/** Of a RAW file no browser shows more than its preview, and it is large. */
function fullOf({ type, urls: { preview, original } }: Photo): string {
  return /^image\/(jpeg|png|webp|avif)$/.test(type) ? original : (preview ?? original);
}

function exposureSide(photo: Photo, photos: readonly Photo[]): Side {
  const middle = photo.id === middleExposure(photos)?.id;
  const label = middle ? 'Original' : `Original ${exposureLabel(photo, photos) || photo.name}`;
  const size = { width: photo.width ?? 3, height: photo.height ?? 2 };
  const picture = { label, preview: photo.urls.preview, full: fullOf(photo), size };
  return { id: photo.id, kind: 'exposure', picture };
}

/** What a version is called: by its number, which later ones do not change. */
export function versionName(
  version: Enhancement,
  versions: readonly Enhancement[],
  labelOf: (preset: string) => string,
): string {
  const number = versions.length - versions.findIndex(({ id }) => id === version.id);
  return `Version ${number} · ${labelOf(version.preset)}`;
}

/** Everything that can be compared: finished versions, newest first, then the exposures from dark to bright. */
export function sidesOf(
  { photos, result }: Shown,
  versions: readonly Enhancement[],
  labelOf: (preset: string) => string,
): Side[] {
  const finished = versions.flatMap((version): Side[] => {
    if (version.urls === null) return [];
    const { preview, full } = version.urls;
    const label = version.id === result?.id ? 'Result' : versionName(version, versions, labelOf);
    const size = { width: version.width ?? 3, height: version.height ?? 2 };
    const picture = { label, preview, full, size, shows: shownPart(version) };
    return [{ id: version.id, kind: 'version', picture }];
  });
  return [...finished, ...byBrightness(photos).map((photo) => exposureSide(photo, photos))];
}

type Wanted = { left: string | null; right: string | null };

/** What was asked for, where it is still there; else the middle exposure and the result. */
export function chooseSides(
  sides: readonly Side[],
  { photos, result }: Shown,
  wanted: Wanted,
): { left: Side | undefined; right: Side | undefined } {
  const find = (id: string | null | undefined) => sides.find((side) => side.id === id);
  return {
    left: find(wanted.left) ?? find(middleExposure(photos)?.id),
    right: find(wanted.right) ?? find(result?.id),
  };
}

/** The version after this one, and after the oldest the newest again. */
export function nextVersion(sides: readonly Side[], id: string | undefined): string | undefined {
  const versions = sides.filter(({ kind }) => kind === 'version');
  const at = versions.findIndex((side) => side.id === id);
  return versions[(at + 1) % versions.length]?.id;
}
