import { Walk } from './walk.ts';

/** What was chosen; and the names of what cannot be read. */
type Picked = Pick<Walk, 'files' | 'unreadable'>;

type FileTypes = { description: string; accept: Record<string, string[]> };

/** The browser's questions that hand out ways to files, where it has them. */
type Pickers = {
  showOpenFilePicker?: (options: {
    id: string;
    multiple: true;
    types?: FileTypes[];
  }) => Promise<FileSystemFileHandle[]>;
  showDirectoryPicker?: (options: { id: string }) => Promise<FileSystemDirectoryHandle>;
};

/** Under this the browser remembers where a person was last. */
const PLACE = { id: 'uploads' };

/**
 * Where fingers point, the input's question is the better one: it offers the camera and the photo library.
 */
const pickers = (): Pickers => (matchMedia('(pointer: coarse)').matches ? {} : (window as Pickers));

const isGivenUp = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

/** Extensions of which no system knows the type. */
const OTHER_TYPES = 'application/octet-stream';

/** What an input's `accept` says, as the picker takes it. */
export function pickerTypes(accept: string | undefined, description: string): FileTypes[] {
  const types: Record<string, string[]> = {};
  for (const each of accept?.split(',') ?? []) {
    const [type, extensions] = each.startsWith('.') ? [OTHER_TYPES, [each]] : [each, []];
    types[type] = [...(types[type] ?? []), ...extensions];
  }
  return Object.keys(types).length === 0 ? [] : [{ description, accept: types }];
}

/** Files that a person chooses, with ways to them; null where this browser cannot ask so. None: they gave it up. */
export async function pickFiles(
  accept: string | undefined,
  description: string,
): Promise<Picked | null> {
  const pick = pickers().showOpenFilePicker;
  if (pick === undefined) return null;
  const types = pickerTypes(accept, description);
  return answerOf(async (walk) => {
    const handles = await pick({ ...PLACE, multiple: true, ...(types.length > 0 && { types }) });
    for (const handle of handles) await walk.handle(handle);
  });
}

/** The same of all files of a folder. */
export async function pickFolder(): Promise<Picked | null> {
  const pick = pickers().showDirectoryPicker;
  if (pick === undefined) return null;
  return answerOf(async (walk) => walk.below(await pick(PLACE)));
}

/** A browser that refuses to ask (a page in a frame, a policy) is asked by an input. */
async function answerOf(ask: (walk: Walk) => Promise<void>): Promise<Picked | null> {
  const walk = new Walk();
  return ask(walk).then(
    () => walk,
    (error: unknown) => (isGivenUp(error) ? walk : null),
  );
}
