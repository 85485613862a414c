import { glance, isComparable, isContradiction } from './same-view.ts';
import type { Shot } from './shot.ts';

/** A frame that is the same exposure as another one, saved a second time, and is left out of merging. */
export type Twin = { readonly spare: Shot; readonly used: Shot };

/** Which file of a RAW + JPEG pair is worked with. */
export type PairPreference = 'jpeg' | 'raw';

/** For callers that know the file's name only. */
const RAW_NAME = /\.(dng|nef|nrw|arw|sr2|cr2|cr3|crw|raf|orf|rw2|pef|srw|3fr|iiq)$/i;

/** Cameras stamp both files of a pair with the same time; a second of doubt for rounding. */
const SAME_TIME = 1000;
const SAME_EV = 0.1;

/**
 * Finds RAW + JPEG pairs: the same name with another ending, or, when files were renamed, the
 * same camera, exposure and hundredth of a second.
 */
export function findTwins(shots: readonly Shot[], prefer: PairPreference): Twin[] {
  const twins: Twin[] = [];
  const taken = new Set<string>();
  for (const key of [stemOf, instantOf]) {
    for (const group of groupBy(shots, key)) {
      const [raws, others] = [group.filter(isRaw), group.filter((shot) => !isRaw(shot))];
      for (const raw of raws) {
        const match = others.find(
          (other) => !taken.has(other.id) && !taken.has(raw.id) && isSameExposure(raw, other),
        );
        if (match === undefined) continue;
        taken.add(raw.id).add(match.id);
        twins.push(prefer === 'raw' ? { spare: match, used: raw } : { spare: raw, used: match });
      }
    }
  }
  return twins;
}

function isRaw({ frame }: Shot): boolean {
  return frame.raw ?? RAW_NAME.test(frame.name ?? frame.id);
}

/** "DCIM/IMG_0001.CR3" and "IMG_0001.jpg" have the same stem. */
function stemOf({ frame }: Shot): string | null {
  const file = (frame.name ?? frame.id).split(/[/\\]/).at(-1) ?? '';
  const dot = file.lastIndexOf('.');
  return dot > 0 ? file.slice(0, dot).toLowerCase() : null;
}

/** Whole seconds are no instant: another frame may be from the same second. */
function instantOf({ frame, timed }: Shot): string | null {
  if (timed === null || timed.start % 1000 === 0) return null;
  return JSON.stringify([frame.camera, timed.start]);
}

function groupBy(shots: readonly Shot[], key: (shot: Shot) => string | null): Shot[][] {
  const groups = new Map<string, Shot[]>();
  for (const shot of shots) {
    const name = key(shot);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), shot]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Two cameras both have an IMG_0001: what is known of both files must not differ. */
function isSameExposure(a: Shot, b: Shot): boolean {
  const cameras = [a.frame.camera, b.frame.camera];
  if (!cameras.includes(null) && cameras[0] !== cameras[1]) return false;
  if (a.timed !== null && b.timed !== null) {
    if (Math.abs(a.timed.start - b.timed.start) > SAME_TIME) return false;
    if (Math.abs(a.timed.ev - b.timed.ev) > SAME_EV) return false;
  }
  const [viewA, viewB] = [a.view(), b.view()];
  if (viewA === null || viewB === null || !isComparable(viewA, viewB)) return true;
  return !isContradiction(glance(viewA, viewB));
}
