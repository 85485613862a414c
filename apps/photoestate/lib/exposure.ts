import type { Photo } from './trpc.ts';

type Exposed = Pick<Photo, 'id' | 'ev' | 'exposureBias' | 'exposureTime' | 'fNumber' | 'iso'>;

const EPSILON = 0.05;

function signed(stops: number): string {
  const rounded = Math.round(stops * 10) / 10;
  if (Math.abs(rounded) < EPSILON) return '0 EV';
  const digits = Number.isInteger(rounded)
    ? String(Math.abs(rounded))
    : Math.abs(rounded).toFixed(1);
  return `${rounded > 0 ? '+' : '−'}${digits} EV`;
}

/** "1/60 s", "0.5 s", "2 s". */
export function shutterSpeed(seconds: number): string {
  if (seconds <= 0 || !Number.isFinite(seconds)) return '';
  if (seconds >= 0.3) return `${Number(seconds.toFixed(1))} s`;
  return `1/${Math.round(1 / seconds)} s`;
}

/** Frames from dark to bright; frames of unknown exposure keep their place at the end. */
export function byBrightness<T extends Exposed>(photos: readonly T[]): T[] {
  const rank = (photo: T) => (photo.ev === null ? Number.POSITIVE_INFINITY : -photo.ev);
  return [...photos].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** The frame exposed like a single photo would be: what a result is compared with at first. */
export function middleExposure<T extends Exposed>(photos: readonly T[]): T | undefined {
  const known = byBrightness(photos.filter((photo) => photo.ev !== null));
  const from = known.length > 0 ? known : photos;
  return from[Math.floor((from.length - 1) / 2)];
}

/**
 * What stands under a frame: how much brighter (+) or darker (−) it is. The camera's own bias when
 * it varies within the scene; else the distance from the middle exposure; else the shutter speed.
 */
export function exposureLabel(photo: Exposed, scene: readonly Exposed[]): string {
  const biases = new Set(scene.map((each) => each.exposureBias));
  if (photo.exposureBias !== null && biases.size > 1) return signed(photo.exposureBias);
  const middle = middleExposure(scene);
  if (scene.length > 1 && photo.ev !== null && middle?.ev !== null && middle !== undefined) {
    return signed(middle.ev - photo.ev);
  }
  return photo.exposureTime === null ? '' : shutterSpeed(photo.exposureTime);
}

/** "1/60 s · f/8 · ISO 200": what is known, in the order photographers say it. */
export function cameraSettings(photo: Exposed): string {
  return [
    photo.exposureTime === null ? '' : shutterSpeed(photo.exposureTime),
    photo.fNumber === null ? '' : `f/${Number(photo.fNumber.toFixed(1))}`,
    photo.iso === null ? '' : `ISO ${Math.round(photo.iso)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
