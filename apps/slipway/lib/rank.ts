import { scoreText } from '@repo/ui/command-palette';

type Rankable = { id: string; label: string; note?: string | undefined };

/** What is typed first of all to look among things of one kind only. */
export const SCOPES = {
  '>': 'Actions',
  '#': 'Files by tag',
  '/': 'Files by folder',
  '@': 'Members',
} as const;
export type Scope = keyof typeof SCOPES;

const isScope = (text: string): text is Scope => text in SCOPES;

/** `> up` looks for `up` among actions. */
export function readQuery(query: string): { scope: Scope | null; text: string } {
  const first = query.charAt(0);
  return isScope(first)
    ? { scope: first, text: query.slice(1).trim() }
    : { scope: null, text: query.trim() };
}

/** Those that the text is about, the best first; all of them, as they stand, when nothing was typed. */
export function rank<T extends Rankable>(entries: readonly T[], text: string): T[] {
  if (text === '') return [...entries];
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, text) }))
    .filter(({ score }) => score > LEAST)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

/** Below it the letters are there, but far from each other: nobody means that. */
const LEAST = 0.01;

function scoreOf({ label, note }: Rankable, text: string): number {
  return Math.max(scoreText(label, text), note ? scoreText(`${label} ${note}`, text) * 0.9 : 0);
}
