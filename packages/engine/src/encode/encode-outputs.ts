import type { EncodedImage } from '../encoded-image.ts';
import { readCarriedTags } from '../frames/read-carried-tags.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { EditRecord } from './edit-record.ts';
import {
  type EncodeSettings,
  encodeImage,
  type Picture8,
  previewSettings,
  type Sharpening,
} from './encode-image.ts';
import { fileMetadata } from './file-metadata.ts';

/** Name of the full-size result among the outputs. */
const IMAGE_OUTPUT = 'image';

export type OutputOrder = {
  readonly options: Pick<ResolvedOptions, 'output' | 'previews'>;
  readonly record: EditRecord;
  /** EXIF of the reference exposure. */
  readonly exif: Uint8Array | null;
  /** `null`: smaller outputs are left as soft as they get. */
  readonly sharpening: Sharpening | null;
  readonly pulse: (fraction: number) => Promise<void>;
};

/**
 * Every file of a finished photo: the full size first, then the previews and deliveries in their order.
 * The photo itself and deliveries carry metadata as the policy says, previews for screens carry none.
 * Each that is reduced is crisped for its size.
 */
export async function encodeOutputs(
  picture: Picture8,
  { options, record, exif, sharpening, pulse }: OutputOrder,
): Promise<EncodedImage[]> {
  const { output, previews } = options;
  const metadata = fileMetadata(output, await readCarriedTags(exif), record);
  const { format, quality, maxWidth, chroma, gamut } = output;
  const full = { name: IMAGE_OUTPUT, maxHeight: null, format, quality, maxWidth, chroma } as const;
  const wanted = previews.map((preview) =>
    preview.delivery === null
      ? previewSettings(preview)
      : { ...previewSettings(preview), metadata },
  );
  let done = 0;
  const encodeOne = async (settings: EncodeSettings): Promise<EncodedImage> => {
    const image = await encodeImage(picture, { ...settings, sharpening });
    done += 1;
    await pulse(done / (wanted.length + 1));
    return image;
  };
  // The full size keeps one core busy; the others are made one after the other beside it.
  const [image, others] = await Promise.all([
    encodeOne({ ...full, gamut, metadata }),
    inTurn(wanted, encodeOne),
  ]);
  return [image, ...others];
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
