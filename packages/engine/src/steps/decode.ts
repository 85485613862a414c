import { asPixels } from '../amounts.ts';
import { EngineError } from '../errors.ts';
import { decodeOverview } from '../frames/decode-overview.ts';
import { type FrameHeader, readHeader, shareGamut } from '../frames/read-header.ts';
import { type Blankness, blanknessOf } from '../inspect/blankness.ts';
import { meanOf } from '../pixels/measure.ts';
import { lumaOf, type Picture } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import type { Job, Step, StepOutcome, Warning } from './step.ts';

/** Below this many pixels a side there is nothing to enhance and nothing to measure. */
const MIN_SIDE = 16;

/** Mean luma (0..1) of a frame that could be delivered as it is. */
const WELL_EXPOSED = 0.45;

/** Checks every frame by its header first, then decodes small copies of all of them. */
export const decode: Step = {
  name: 'decode',
  cost: 12,
  run: async (job) => {
    checkCount(job);
    const headers: FrameHeader[] = [];
    for (const frame of job.frames)
      headers.push(await readHeader(frame.bytes, frame.name, job.options.limits));
    checkSizes(job, headers);
    return await decodeAll(job, shareGamut(headers));
  },
};

async function decodeAll(job: Job, headers: readonly FrameHeader[]): Promise<StepOutcome> {
  const [first] = headers;
  const { width, height } = first ?? { width: 0, height: 0 };
  const scale = overviewScale(width, height);
  const overviews: Overview[] = [];
  const pictureAt = decodeInPairs(job, headers, scale);
  let best = Number.POSITIVE_INFINITY;
  for (const [index] of headers.entries()) {
    const frame = job.frames[index];
    if (frame === undefined) continue;
    const picture = await pictureAt(index);
    const luma = lumaOf(picture);
    overviews.push({ frame: index, name: frame.name, picture, luma, scale });
    const distance = Math.abs(meanOf(luma) - WELL_EXPOSED);
    if (distance < best) {
      best = distance;
      job.referenceIndex = index;
    }
    await job.pulse((index + 1) / headers.length);
  }
  job.headers = headers;
  job.overviews = overviews;
  if (job.options.firstLook === null) decodeAhead(job);
  job.plan.scale = scale;
  job.plan.area = { left: 0, top: 0, width, height };
  job.plan.frames = overviews.map(({ frame }) => ({ frame, toFrame: null }));
  job.crop = { left: 0, top: 0, width, height, sourceWidth: width, sourceHeight: height };
  const bits = Math.max(...headers.map((header) => header.bitsPerChannel));
  return {
    ran: true,
    facts: {
      ...{ frames: overviews.length, width, height, bits, overviewScale: scale },
      gamut: first?.working ?? 'srgb',
    },
    warnings: [
      ...headers.flatMap((header, index) =>
        header.profileIgnored ? [profileIgnored(job.frames[index]?.name ?? '')] : [],
      ),
      ...nothingShown(overviews),
    ],
  };
}

const BLANK: Readonly<Record<Blankness, string>> = {
  black: 'black',
  white: 'white',
  even: 'an even surface',
};

/** Of several exposures `align` says which show nothing, as long as there is one that does. */
function nothingShown(overviews: readonly Overview[]): Warning[] {
  const blanks = overviews.map(({ name, luma }) => ({ name, blank: blanknessOf(luma) }));
  if (blanks.some(({ blank }) => blank === null)) return [];
  const names = blanks
    .map(({ name, blank }) => `"${name}" is ${BLANK[blank ?? 'even']}`)
    .join(', ');
  const message = `There is nothing to be seen: ${names}. The result shows nothing either. Check the lens cap and the exposure, and shoot again.`;
  return [{ code: 'nothing_shown', message }];
}

/** Two small copies are being decoded, or one is while another is read; of files that need much memory one at a time. */
function decodeInPairs(
  { frames }: Job,
  headers: readonly FrameHeader[],
  scale: number,
): (index: number) => Promise<Picture> {
  const begun: (Promise<Picture> | undefined)[] = [];
  const begin = (index: number): Promise<Picture> | undefined => {
    const [frame, header] = [frames[index], headers[index]];
    if (frame === undefined || header === undefined) return undefined;
    const picture = decodeOverview(frame, header, scale);
    picture.catch(() => undefined);
    return picture;
  };
  const beginBeside = (index: number, other: number): void => {
    if (!isForeign(headers[index]) && !isForeign(headers[other])) begun[other] ??= begin(other);
  };
  return async (index) => {
    begun[index] ??= begin(index);
    beginBeside(index, index + 1);
    const picture = await begun[index];
    begun[index] = undefined;
    // Before the caller is busy with this one.
    beginBeside(index + 1, index + 2);
    if (picture === undefined) throw new RangeError(`there is no exposure ${index}`);
    return picture;
  };
}

/**
 * The exposure that most of the photo is made of, unless decoding it takes much memory of its own. With a first look
 * on the way it is begun once that is given: steps that are waited for would share their cores with it.
 */
export function decodeAhead(job: Job): void {
  const index = job.overviews[job.referenceIndex]?.frame ?? 0;
  const [frame, header] = [job.frames[index], job.headers[index]];
  if (frame !== undefined && header !== undefined && !isForeign(header))
    job.ahead.start(frame, header);
}

/** Camera raw and HEIC files are decoded in threads of their own. */
function isForeign(header: FrameHeader | undefined): boolean {
  return header === undefined || header.format === 'raw' || header.format === 'heic';
}

function profileIgnored(name: string): Warning {
  return {
    code: 'profile_ignored',
    message: `"${name}" has a colour profile that cannot be used; its colours were read as sRGB.`,
  };
}

/** Pixels that the small copies have at most: enough to decide everything, few enough to do it fast. */
const OVERVIEW_PIXELS = 2_500_000;

/** The least of 1, 2, 4, 8 and 16 that makes a frame small enough. */
function overviewScale(width: number, height: number): number {
  let scale = 1;
  while (scale < 16 && Math.ceil(width / scale) * Math.ceil(height / scale) > OVERVIEW_PIXELS)
    scale *= 2;
  return scale;
}

function checkCount(job: Job): void {
  const { length } = job.frames;
  const { maxFrames } = job.options.limits;
  if (length === 0)
    throw new EngineError(
      'no_frames',
      'No photo was given. Expected 1 to 9 exposures of the same view.',
    );
  if (length > maxFrames) {
    throw new EngineError(
      'too_many_frames',
      `${length} photos were given for one scene. At most ${maxFrames} exposures can be merged: leave out those that hardly differ from their neighbours.`,
    );
  }
}

function checkSizes(job: Job, headers: readonly FrameHeader[]): void {
  const [first] = headers;
  const [firstFrame] = job.frames;
  if (first === undefined || firstFrame === undefined) return;
  if (Math.min(first.width, first.height) < MIN_SIDE) {
    const message = `"${firstFrame.name}" is only ${first.width} x ${first.height} pixels. Expected at least ${MIN_SIDE} on each side.`;
    throw new EngineError('too_small', message);
  }
  for (const [index, header] of headers.entries()) {
    if (header.width !== first.width || header.height !== first.height) {
      const name = job.frames[index]?.name ?? '';
      const message = `The exposures of one scene must have the same size: "${firstFrame.name}" is ${first.width} x ${first.height} pixels, "${name}" is ${header.width} x ${header.height}.`;
      throw new EngineError('size_mismatch', message);
    }
  }
  const total = first.width * first.height * headers.length;
  if (total > job.options.limits.maxTotalPixels) {
    const [came, allowed] = asPixels(total, job.options.limits.maxTotalPixels);
    throw new EngineError(
      'too_many_pixels',
      `The ${headers.length} exposures of ${first.width} x ${first.height} pixels have ${came} together. At most ${allowed} can be worked on at once.`,
    );
  }
}
