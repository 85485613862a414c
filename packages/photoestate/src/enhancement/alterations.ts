import { z } from 'zod';
import { editWords } from './edit-words.ts';

/** What was done to a photo, for whoever must know whether a picture of a house was changed. */
export interface Alterations {
  /**
   * More than photographic work: something that stood before the camera is not seen as it was, or in another light
   * of the day. Exposure, colour, straightening, cropping, grain and sharpness are photographic; so are parts
   * taken from other exposures of the same moment and view.
   */
  isAltered: boolean;
  /** What was altered, in words; empty unless it was. */
  altered: string[];
  /** All that was done, in order, in words. */
  done: string[];
}

/** Steps of the engine after which a photo is altered; a test holds this list and the engine's together. */
export const ALTERING_STEPS: readonly string[] = ['sky', 'privacy', 'dusk'];

/** Bookkeeping that is no edit. */
const SILENT: readonly string[] = ['decode', 'encode', 'inspect'];

const Step = z.object({
  name: z.string(),
  ran: z.boolean(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
const Report = z.object({ steps: z.array(Step).catch([]) });

const Crop = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  sourceWidth: z.number().positive(),
  sourceHeight: z.number().positive(),
});

type Json = Readonly<Record<string, unknown>>;

/** Reads what the engine recorded with a result; null where there is no result yet. */
export function alterationsOf({
  report,
  recipe,
}: {
  report: Json | null;
  recipe: Json | null;
}): Alterations | null {
  if (report === null) return null;
  const steps = (Report.safeParse(report).data?.steps ?? []).filter(
    ({ name, ran }) => ran && !SILENT.includes(name),
  );
  const words = ({ name, facts }: z.infer<typeof Step>) => editWords(name, facts ?? {});
  const altered = steps.filter(({ name }) => ALTERING_STEPS.includes(name)).map(words);
  const cropped = cropWords(recipe?.['crop']);
  return {
    isAltered: altered.length > 0,
    altered,
    done: [...steps.map(words), ...(cropped === null ? [] : [cropped])],
  };
}

/** Said when it can be seen: less than that is lost at every edge. */
const VISIBLE_CROP = 0.01;

function cropWords(value: unknown): string | null {
  const crop = Crop.safeParse(value).data;
  if (crop === undefined) return null;
  const lost = 1 - (crop.width * crop.height) / (crop.sourceWidth * crop.sourceHeight);
  return lost < VISIBLE_CROP ? null : `Edges cropped, ${Math.round(lost * 100)} % of the frame`;
}
