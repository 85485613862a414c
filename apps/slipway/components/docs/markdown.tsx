import { CodeBlock, type CodeSample } from '@repo/ui/code-block';
import { Code, Section } from '@repo/ui/docs/prose';
import { StatusChip } from '@repo/ui/status-chip';
import type { Token, Tokens } from 'marked';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { codeInfo, plainText, slugOf, withAddress } from '../../lib/docs/parse.ts';

const link = 'text-link underline underline-offset-4';
const LANGUAGES = {
  ts: 'ts',
  tsx: 'ts',
  js: 'ts',
  sh: 'bash',
  bash: 'bash',
  json: 'json',
} as const;

interface MarkdownProps {
  tokens: readonly Token[];
  /** This server's address, in place of the samples' one. */
  url: string;
}

/** The documentation's Markdown in the shapes of the site: a section for each second-level heading. */
export function Markdown({ tokens, url }: MarkdownProps) {
  const [before = [], ...sections] = splitAtHeadings(tokens);
  return (
    <>
      {before.length > 0 ? (
        <div className="mt-6 flex flex-col gap-4 leading-6">
          <Blocks tokens={before} url={url} />
        </div>
      ) : null}
      {sections.map(([heading, ...rest]) => {
        const title = plainText(heading === undefined ? [] : [heading]);
        return (
          <Section key={title} id={slugOf(title)} title={title}>
            <Blocks tokens={rest} url={url} />
          </Section>
        );
      })}
    </>
  );
}

function splitAtHeadings(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) groups.push([]);
    if (token.type !== 'space') groups.at(-1)?.push(token);
  }
  return groups;
}

function Blocks({ tokens, url }: MarkdownProps) {
  return joinTabs(tokens).map((group, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page's text never moves
    <Fragment key={index}>
      {group.length > 1 ? <Tabs codes={group as Tokens.Code[]} url={url} /> : null}
      {group.length === 1 && group[0] !== undefined ? <Block token={group[0]} url={url} /> : null}
    </Fragment>
  ));
}

/** Neighbouring samples that name a tab are one block. */
function joinTabs(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  const isTab = (token: Token | undefined) =>
    token?.type === 'code' && codeInfo(token as Tokens.Code).tab !== undefined;
  for (const token of tokens) {
    const last = groups.at(-1);
    if (last !== undefined && isTab(token) && isTab(last[0])) last.push(token);
    else groups.push([token]);
  }
  return groups;
}

function sampleOf(token: Tokens.Code, url: string) {
  const { language, title, tab } = codeInfo(token);
  const known = Object.hasOwn(LANGUAGES, language)
    ? LANGUAGES[language as keyof typeof LANGUAGES]
    : ('text' as const);
  return { code: withAddress(token.text, url), language: known, title, tab };
}

function Tabs({ codes, url }: { codes: readonly Tokens.Code[]; url: string }) {
  const [first, ...rest] = codes.map((code): CodeSample => {
    const { title, tab, ...sample } = sampleOf(code, url);
    return { ...sample, label: tab ?? title ?? 'Code' };
  });
  return first === undefined ? null : <CodeBlock label="Example" samples={[first, ...rest]} />;
}

function Block({ token, url }: { token: Token; url: string }): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens ?? []} url={url} />
        </p>
      );
    case 'heading':
      return <Subheading token={token as Tokens.Heading} />;
    case 'code': {
      const { tab: _, title, ...sample } = sampleOf(token as Tokens.Code, url);
      return <CodeBlock {...sample} {...(title === undefined ? {} : { label: title })} />;
    }
    case 'list':
      return <List token={token as Tokens.List} url={url} />;
    case 'table':
      return <Table token={token as Tokens.Table} url={url} />;
    case 'blockquote':
      return (
        <div role="note" className="rounded-lg border bg-background px-4 py-3 text-sm leading-6">
          <Blocks tokens={token.tokens ?? []} url={url} />
        </div>
      );
    case 'html':
    case 'space':
      return null;
    default:
      throw new Error(`The documentation has no shape for Markdown’s "${token.type}".`);
  }
}

function Subheading({ token }: { token: Tokens.Heading }) {
  const title = plainText(token.tokens);
  const id = slugOf(title);
  return (
    <h3 id={id} className="mt-4 scroll-mt-20 font-medium text-base">
      <a href={`#${id}`} className="rounded-sm hover:underline hover:underline-offset-4">
        {title}
      </a>
    </h3>
  );
}

function List({ token, url }: { token: Tokens.List; url: string }) {
  const items = token.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page's text never moves
    <li key={index}>
      {item.tokens.map((part) =>
        part.type === 'text' ? (
          <Inline key={part.raw} tokens={part.tokens ?? [part]} url={url} />
        ) : (
          <Block key={part.raw} token={part} url={url} />
        ),
      )}
    </li>
  ));
  const shape = 'flex flex-col gap-2 pl-5 marker:text-muted-foreground';
  return token.ordered ? (
    <ol className={`list-decimal ${shape}`}>{items}</ol>
  ) : (
    <ul className={`list-disc ${shape}`}>{items}</ul>
  );
}

/** The first column keeps its width; on narrow screens the rows are stacked, so that nothing scrolls sideways. */
function Table({ token, url }: { token: Tokens.Table; url: string }) {
  const hasHeader = token.header.some(({ tokens }) => tokens.length > 0);
  return (
    <div className="overflow-hidden rounded-lg border">
      <table className="block w-full text-left sm:table">
        <thead
          className={hasHeader ? 'hidden bg-background text-sm sm:table-header-group' : 'sr-only'}
        >
          <tr>
            {token.header.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page's text never moves
              <th key={index} scope="col" className="px-4 py-2 font-medium first-letter:uppercase">
                {cell.tokens.length > 0 ? <Inline tokens={cell.tokens} url={url} /> : 'Meaning'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y sm:table-row-group">
          {token.rows.map((row) => (
            <tr key={plainText(row[0]?.tokens ?? [])} className="block py-1.5 sm:table-row sm:py-0">
              {row.map((cell, index) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a page's text never moves
                  key={index}
                  className={
                    index === 0
                      ? 'block px-4 py-1 align-top [overflow-wrap:anywhere] sm:table-cell sm:w-px sm:max-w-72 sm:py-2.5 sm:whitespace-nowrap sm:has-[strong]:whitespace-normal'
                      : 'block px-4 py-1 align-top text-muted-foreground [overflow-wrap:anywhere] sm:table-cell sm:py-2.5'
                  }
                >
                  {index > 0 && row.length > 2 ? (
                    <ColumnName token={token} index={index} url={url} />
                  ) : null}
                  <Inline tokens={cell.tokens} url={url} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On telephones cells stand below each other, where no heading is above them. */
function ColumnName({ token, index, url }: { token: Tokens.Table; index: number; url: string }) {
  return (
    <span aria-hidden="true" className="mr-2 inline-block min-w-24 text-foreground sm:hidden">
      <Inline tokens={token.header[index]?.tokens ?? []} url={url} />
    </span>
  );
}

function Inline({ tokens, url }: MarkdownProps) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page's text never moves
    <Fragment key={index}>{inline(token, url)}</Fragment>
  ));
}

function inline(given: Token, url: string): ReactNode {
  const token: Tokens.Generic = given;
  switch (token.type) {
    case 'codespan':
      return <Codespan text={withAddress(String(token['text']), url)} />;
    case 'strong':
      return <strong className="font-medium text-foreground">{children(token, url)}</strong>;
    case 'em':
      return <em>{children(token, url)}</em>;
    case 'br':
      return <br />;
    case 'link':
      return <TextLink href={String(token['href'])}>{children(token, url)}</TextLink>;
    default:
      return token.tokens === undefined ? String(token['text'] ?? token.raw) : children(token, url);
  }
}

const children = (token: Tokens.Generic, url: string) => (
  <Inline tokens={token.tokens ?? []} url={url} />
);

/** `status:ready` is the chip that the dashboard shows. */
function Codespan({ text }: { text: string }) {
  const status = /^status:(\w+)$/.exec(text)?.[1];
  return isStatus(status) ? <StatusChip status={status} /> : <Code>{text}</Code>;
}

const STATUSES = [
  'pending',
  'verifying',
  'ready',
  'rejected',
  'failed',
  'expired',
  'deleted',
] as const;
type Status = (typeof STATUSES)[number];
const isStatus = (text: string | undefined): text is Status => STATUSES.some((one) => one === text);

/** Whole page loads where another layout, or the server itself, answers. */
function TextLink({ href, children: text }: { href: string; children: ReactNode }) {
  const isOurs = href.startsWith('/docs') && href !== '/docs/api';
  if (isOurs) {
    return (
      <Link href={href} className={link}>
        {text}
      </Link>
    );
  }
  return (
    <a href={href} className={link}>
      {text}
    </a>
  );
}
