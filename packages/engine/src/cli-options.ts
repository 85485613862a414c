import { readFile } from 'node:fs/promises';
import { unreadable } from './disk-errors.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { checkRecord } from './options/checks.ts';
import type { EnhanceOptions } from './options/options.ts';
import { UsageError } from './usage-error.ts';

/** What a file given with `--options` asks for. */
export type GivenOptions = {
  readonly options: EnhanceOptions;
  /** It is a recipe, in which every number is spelled out, and not a few wishes. */
  readonly isRecipe: boolean;
  /** Why the photo may not become what it was. */
  readonly notes: readonly string[];
};

/**
 * Reads engine options, the recipe of a photo that was made, or the file that `--report` wrote, which holds one.
 * @param names of the exposures that are given now
 */
export async function readOptions(path: string, names: readonly string[]): Promise<GivenOptions> {
  const file = checkRecord(`"${path}"`, await readJson(path));
  const recipe = recipeIn(file, path);
  const options: EnhanceOptions =
    recipe === null ? file : checkRecord('options', recipe['options']);
  // The engine checks the rest; to this the flags are added before it does.
  if (options.output !== undefined) checkRecord('output', options.output);
  if (recipe === null) {
    checkOnePhoto(path, options);
    return { options, isRecipe: false, notes: [] };
  }
  const { previews = [], firstLook: _given, ...rest } = options;
  const smaller = Array.isArray(previews) ? previews.length : 0;
  const notes = [...differences(recipe, names), ...(smaller === 0 ? [] : [leftOut(smaller)])];
  return { options: rest, isRecipe: true, notes };
}

/** `report` files are `{ report, recipe }`; a recipe says which engine made it. */
function recipeIn(file: Record<string, unknown>, path: string): Record<string, unknown> | null {
  if ('recipe' in file) return checkRecord(`the recipe in "${path}"`, file['recipe']);
  if ('engine' in file && 'options' in file) return file;
  if ('measurements' in file)
    throw new UsageError(
      `"${path}" is a report without its recipe. Give the recipe, or the whole file that --report wrote.`,
    );
  return null;
}

function checkOnePhoto(path: string, options: EnhanceOptions): void {
  for (const name of ['previews', 'firstLook'])
    if (name in options)
      throw new UsageError(
        `"${name}" in "${path}": the command writes one photo${name === 'firstLook' ? ', and a first look with --first-look' : '. Other sizes and deliveries are made by the library'}.`,
      );
}

function differences(recipe: Record<string, unknown>, names: readonly string[]): string[] {
  const { engine, frames } = recipe;
  const before = Array.isArray(frames) ? frames.map(String) : names;
  const notes: string[] = [];
  if (engine !== ENGINE_VERSION)
    notes.push(
      `The recipe is of engine ${String(engine)}, this is ${ENGINE_VERSION}: the photo may come out a little different.`,
    );
  if (before.join('\n') !== names.join('\n'))
    notes.push(`The recipe was made for ${before.join(', ')}; given are ${names.join(', ')}.`);
  return notes;
}

function leftOut(count: number): string {
  return `The recipe has ${count} smaller ${count === 1 ? 'file' : 'files'}, too. The command writes one photo; they are made by the library.`;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await read(path)).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UsageError(`"${path}" is not valid JSON: ${error.message}`);
    throw error;
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable({ what: 'The file of options', path }, cause);
  }
}
