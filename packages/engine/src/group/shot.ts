import type { ExposureMode } from '../frames/read-exif.ts';
import { readFingerprint } from './fingerprint.ts';
import type { GroupableFrame } from './group-frames.ts';
import { type View, viewOf } from './view.ts';

/** A frame whose time and exposure are known. */
export type TimedFrame = {
  readonly id: string;
  /** Milliseconds. */
  readonly start: number;
  /** Milliseconds, start plus exposure. */
  readonly end: number;
  readonly ev: number;
  readonly bias: number | null;
  readonly mode: ExposureMode | null;
};

/** A frame as grouping works with it. */
export type Shot = {
  readonly id: string;
  readonly frame: GroupableFrame;
  /** `null` without a date or an exposure. */
  readonly timed: TimedFrame | null;
  /** Place in the order of names; see `orderByName`. */
  readonly place: number;
  /** What it shows, `null` without a fingerprint; worked out when first asked for. */
  readonly view: () => View | null;
};

/** Shots in the order of their names: photos are numbered as they are taken. */
export function shotsOf(frames: readonly GroupableFrame[]): Shot[] {
  return [...frames].sort(byName).map((frame, place) => {
    let view: View | null | undefined;
    return {
      id: frame.id,
      frame,
      timed: timedFrame(frame),
      place,
      view: () => {
        view ??= viewOfFrame(frame);
        return view;
      },
    };
  });
}

function viewOfFrame({ fingerprint }: GroupableFrame): View | null {
  const print = readFingerprint(fingerprint);
  return print === null ? null : viewOf(print);
}

function timedFrame(frame: GroupableFrame): TimedFrame | null {
  const start = frame.takenAt === null ? Number.NaN : Date.parse(frame.takenAt);
  if (Number.isNaN(start) || frame.ev === null) return null;
  const { id, ev, exposureBias: bias, exposureMode: mode = null } = frame;
  return { id, start, end: start + (frame.exposureTime ?? 0) * 1000, ev, bias, mode };
}

const collator = new Intl.Collator('en', { numeric: true });

function byName(a: GroupableFrame, b: GroupableFrame): number {
  const named = collator.compare(a.name ?? a.id, b.name ?? b.id);
  return named || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Equal stamps are common without sub-seconds; file names count up, so their order decides. */
export function byTime(a: Shot, b: Shot): number {
  return (a.timed?.start ?? 0) - (b.timed?.start ?? 0) || a.place - b.place;
}

export function byPlace(a: Shot, b: Shot): number {
  return a.place - b.place;
}
