import { marked, type Token, type Tokens } from 'marked';

/** Samples in the documentation name this address; readers see the server's own. */
const SAMPLE_HOST = 'uploads.example.com';

export function withAddress(text: string, url: string): string {
  // SDKs of others speak http only to hosts that are named localhost.
  const host = new URL(url).host.replace('127.0.0.1', 'localhost');
  return text.replaceAll(`https://${SAMPLE_HOST}`, url).replaceAll(SAMPLE_HOST, host);
}

export interface CodeInfo {
  language: string;
  /** `title="…"`: the file that a sample belongs into. */
  title: string | undefined;
  /** `tab="…"`: neighbours with tabs are shown as one block. */
  tab: string | undefined;
  /** `skip="…"`: why no test compiles or runs it. */
  skip: string | undefined;
}

export interface DocsSource {
  title: string;
  description: string;
  /** What follows the front matter. */
  markdown: string;
  tokens: Token[];
}

/** The front matter is two lines, title and description, between two rules. */
export function parseDocs(text: string): DocsSource {
  const match = /^---\ntitle: (.+)\ndescription: (.+)\n---\n([\s\S]*)$/.exec(text);
  const [, title, description, markdown] = match ?? [];
  if (title === undefined || description === undefined || markdown === undefined) {
    throw new Error(
      `Expected front matter of title and description, received ${text.slice(0, 60)}`,
    );
  }
  return { title, description, markdown: markdown.trim(), tokens: marked.lexer(markdown) };
}

/** What stands behind the three backticks. */
export function codeInfo(token: Tokens.Code): CodeInfo {
  const info = token.lang ?? '';
  const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(info)?.[1];
  return {
    language: /^\w*/.exec(info)?.[0] ?? '',
    title: attribute('title'),
    tab: attribute('tab'),
    skip: attribute('skip'),
  };
}

/** A heading's anchor: its words, with hyphens. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Text without marks, as people search for it. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map(textOf).join(' ').replaceAll(/\s+/g, ' ').trim();
}

function textOf(token: Token): string {
  if (token.type === 'table') {
    const table = token as Tokens.Table;
    return [table.header, ...table.rows]
      .flat()
      .map((cell) => plainText(cell.tokens))
      .join(' ');
  }
  if (token.type === 'list') return plainText((token as Tokens.List).items);
  if ('tokens' in token && token.tokens !== undefined) return inlineText(token.tokens);
  if (token.type === 'html' || token.type === 'space') return '';
  return 'text' in token ? unescapeText(String(token.text)) : '';
}

function inlineText(tokens: readonly Token[]): string {
  return tokens.map(textOf).join('');
}

/** The lexer escapes what stands in plain text and code for HTML; here it becomes no HTML. */
export function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
