/** A section of a page, as the browser looks through it. */
export interface SearchEntry {
  href: string;
  page: string;
  /** Empty for what stands before the first heading. */
  heading: string;
  text: string;
}

export interface SearchHit {
  entry: SearchEntry;
  /** Some of its text, around the first word that was found there. */
  excerpt: string;
}

const MOST_HITS = 12;
const EXCERPT = 110;

/**
 * Sections that have every word of the query, or a word that begins with it; words in titles and headings
 * count more. A few hundred sections are looked through in a millisecond, so there is no index of words.
 */
export function search(entries: readonly SearchEntry[], query: string): SearchHit[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}_.]+/gu) ?? [];
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_HITS)
    .map(({ entry }) => ({ entry, excerpt: excerptOf(entry.text, words) }));
}

function scoreOf(entry: SearchEntry, words: readonly string[]): number {
  let total = 0;
  for (const word of words) {
    const score =
      8 * matches(entry.heading, word) + 4 * matches(entry.page, word) + matches(entry.text, word);
    if (score === 0) return 0;
    total += score;
  }
  return total;
}

/** 2 for the word itself, 1 for its beginning, and a little for a place inside of one, as in `file_too_large`. */
function matches(text: string, word: string): number {
  const at = text.toLowerCase().indexOf(word);
  if (at < 0) return 0;
  const lower = text.toLowerCase();
  const isLetter = (index: number) => /[\p{L}\p{N}]/u.test(lower[index] ?? '');
  let best = 0.25;
  for (let index = at; index >= 0; index = lower.indexOf(word, index + 1)) {
    if (index > 0 && isLetter(index - 1)) continue;
    if (!isLetter(index + word.length)) return 2;
    best = 1;
  }
  return best;
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const at = Math.max(
    0,
    Math.min(...words.map((word) => lower.indexOf(word)).filter((i) => i >= 0)),
  );
  const from = Number.isFinite(at) && at > 40 ? text.lastIndexOf(' ', at - 30) + 1 : 0;
  const part = text.slice(from, from + EXCERPT);
  return `${from > 0 ? '… ' : ''}${part}${from + EXCERPT < text.length ? ' …' : ''}`;
}
