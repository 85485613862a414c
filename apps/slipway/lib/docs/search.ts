import { SKIPPED, SYNONYMS } from './search-words.ts';

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
const SYNONYM = 0.8;
/** A table to look things up in comes behind what explains, unless its heading is what was typed. */
const OF_TABLES = 0.3;
const OF_TITLES = 12;
const OF_HEADINGS = 8;
const LONGEST_PHRASE = 3;

/** One wish of the query: any of these will do, each for its weight. */
type Term = readonly { words: string; weight: number }[];

/**
 * Sections that have every word of the query, its beginning or a synonym; where none has, those that have most
 * of them. Words in titles and headings count more. A few hundred sections are looked through in milliseconds,
 * so there is no index of words.
 */
export function search(entries: readonly SearchEntry[], query: string): SearchHit[] {
  const { whole, some } = find(entries, query);
  return whole.length > 0 ? whole : some;
}

/**
 * Only sections that have all of the words, with names such as `photo.jpg` as they are: for lists in which files
 * are looked for as well.
 */
export function searchWhole(entries: readonly SearchEntry[], query: string): SearchHit[] {
  const names = query.toLowerCase().match(/\S*\.\S*/g) ?? [];
  const having = entries.filter(({ page, heading, text }) => {
    const all = `${page}\n${heading}\n${text}`.toLowerCase();
    return names.every((name) => all.includes(name));
  });
  return find(having, query).whole;
}

function find(entries: readonly SearchEntry[], query: string) {
  const terms = termsOf(query);
  const found = entries
    .map((entry) => ({ entry, ...scoreOf(entry, terms) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.has - a.has || b.score - a.score);
  const hits = (some: typeof found): SearchHit[] =>
    some.slice(0, MOST_HITS).map(({ entry }) => ({ entry, excerpt: excerptOf(entry.text, terms) }));
  return { whole: hits(found.filter(({ has }) => has === terms.length)), some: hits(found) };
}

/** As long as the text, so that places in one are places in the other. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[.-]/g, ' ');

function termsOf(query: string): Term[] {
  const all = plain(query).match(/[\p{L}\p{N}_]+/gu) ?? [];
  const said = all.filter((word) => !SKIPPED.has(word));
  const words = said.length > 0 ? said : all;
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(words, at);
    terms.push(termOf(words.slice(at, at + length).join(' ')));
    at += length;
  }
  return terms;
}

/** How many words from here on have synonyms together. */
function phraseAt(words: readonly string[], at: number): number {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 1; length -= 1)
    if (synonymsOf(words.slice(at, at + length).join(' ')).length > 0) return length;
  return 1;
}

const synonymsOf = (words: string): readonly string[] =>
  SYNONYMS.get(words) ?? SYNONYMS.get(stemOf(words)) ?? [];

function termOf(words: string): Term {
  return [
    { words, weight: 1 },
    { words: stemOf(words), weight: 0.9 },
    ...synonymsOf(words).map((synonym) => ({ words: plain(synonym), weight: SYNONYM })),
  ];
}

/** `sizes`, `uploading` and `migrate` are found as `size`, `upload` and `migrat`. */
function stemOf(word: string): string {
  if (word.length > 5 && word.endsWith('e')) return word.slice(0, -1);
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** A section is found by its own heading first; the page's title is the heading of its beginning. */
function scoreOf({ href, page, heading, text }: SearchEntry, terms: readonly Term[]) {
  const isFirst = heading === '';
  const own = plain(isFirst ? page : heading);
  const above = isFirst ? '' : plain(page);
  const ofOwn = isFirst ? OF_TITLES : OF_HEADINGS;
  const below = plain(text);
  let score = 0;
  let has = 0;
  for (const term of terms) {
    const one = ofOwn * best(own, term) + 3 * best(above, term) + best(below, term);
    if (one > 0) has += 1;
    score += one;
  }
  const isTyped = terms.some((term) => term[0]?.words === own);
  const isTable = /^\/docs\/(errors|reference)\//.test(href) && !isTyped;
  return { has, score: isTable ? score * OF_TABLES : score };
}

const best = (text: string, term: Term): number =>
  Math.max(...term.map(({ words, weight }) => weight * matches(text, words)));

/** 2 for the word itself, 1 for its beginning, and a little for a place inside of one, as in `file_too_large`. */
function matches(text: string, word: string): number {
  const isLetter = (index: number) => /[\p{L}\p{N}]/u.test(text[index] ?? '');
  let found = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at > 0 && isLetter(at - 1)) {
      found = Math.max(found, word.length > 3 ? 0.25 : 0);
      continue;
    }
    if (
      /^(?:e?s|e|ed|ing)?(?![\p{L}\p{N}])/u.test(text.slice(at + word.length, at + word.length + 4))
    )
      return 2;
    found = 1;
  }
  return found;
}

function excerptOf(text: string, terms: readonly Term[]): string {
  const lower = plain(text);
  const places = terms.flat().map(({ words }) => lower.indexOf(words));
  const at = Math.max(0, Math.min(...places.filter((place) => place >= 0)));
  const from = Number.isFinite(at) && at > 40 ? text.lastIndexOf(' ', at - 30) + 1 : 0;
  const part = text.slice(from, from + EXCERPT);
  return `${from > 0 ? '… ' : ''}${part}${from + EXCERPT < text.length ? ' …' : ''}`;
}
