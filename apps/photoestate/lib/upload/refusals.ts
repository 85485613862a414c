import type { Refusal } from '@repo/ui/uploads';
import { brokenRule, typeOf, type UploadRules } from 'slipway/client';
import { uploadWords } from './upload-words.ts';

type Known = { name: string; type: string; size: number };

/** Sorts what was dropped into what may go, and what breaks a rule: said before anything is sent. */
export function sortOut<T extends Known>(
  files: readonly T[],
  rules: UploadRules | null,
): { taken: T[]; refused: Refusal[] } {
  const taken: T[] = [];
  const reasons = new Map<string, string[]>();
  for (const file of files) {
    const { name, size } = file;
    const known = { name, size, type: typeOf(file) };
    const problem = size === 0 ? { code: 'empty', message: '' } : brokenRule(known, rules);
    if (problem === null) taken.push(file);
    else {
      const words = uploadWords(known, { ...problem, status: 0, requestId: null });
      reasons.set(words, [...(reasons.get(words) ?? []), name]);
    }
  }
  return { taken, refused: [...reasons].map(([words, names]) => ({ words, names })) };
}

const raw = /\.(?:cr2|cr3|nef|arw|dng|raf|orf|rw2)$/i;
const developed = /\.(?:jpe?g|heic|heif|hif)$/i;

/** How many RAW files have the camera's own picture beside them. */
export function countPairs(files: readonly { name: string }[]): number {
  const stem = (name: string) => name.slice(0, name.lastIndexOf('.')).toLowerCase();
  const beside = new Set(
    files.filter(({ name }) => developed.test(name)).map(({ name }) => stem(name)),
  );
  return files.filter(({ name }) => raw.test(name) && beside.has(stem(name))).length;
}
