import { Container } from '@react-email/container';
import { Preview } from '@react-email/preview';
import { render } from '@react-email/render';
import { createElement as h, type ReactElement } from 'react';
import { Accent, smallPrint } from './parts.ts';
import { DARK, STYLES } from './styles.ts';

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

export interface MailTemplate {
  subject: string;
  /** The product's name, above everything. */
  brand: string;
  /** The colour of its buttons, `#rrggbb`; left out: the house's own blue. */
  accent?: string | null | undefined;
  title: string;
  /** What mailboxes show behind the subject. */
  preview: string;
  body: readonly ReactElement[];
  /** Why this came, and how it ends. */
  footer: readonly ReactElement[];
}

const MOST_OF_SUBJECT = 150;

/** One line: what people named could hold line breaks, and would be a header of its own. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MOST_OF_SUBJECT)
    .toWellFormed();

export async function renderMail(template: MailTemplate): Promise<Rendered> {
  const subject = oneLine(template.subject);
  const page = h(Accent.Provider, { value: template.accent ?? null }, document(template, subject));
  const [html, text] = await Promise.all([
    render(page),
    render(page, { plainText: true, htmlToTextOptions: { selectors: TEXT_SELECTORS } }),
  ]);
  return { subject, html, text };
}

const TEXT_SELECTORS = [
  { selector: '[data-skip-in-text=true]', format: 'skip' },
  { selector: 'h1', options: { uppercase: false } },
  {
    selector: 'a',
    options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] as [string, string] },
  },
  { selector: 'table.m-table', format: 'dataTable' },
];

function document({ brand, title, preview, body, footer }: MailTemplate, subject: string) {
  return h(
    'html',
    { lang: 'en', dir: 'ltr' },
    h(
      'head',
      null,
      h('meta', { httpEquiv: 'Content-Type', content: 'text/html; charset=UTF-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('title', null, subject),
      h('style', null, DARK),
    ),
    h(
      'body',
      { className: 'm-body', style: STYLES.body },
      h(Preview, null, preview),
      h(
        Container,
        { className: 'm-card', style: STYLES.card },
        h('p', { className: 'm-strong', style: STYLES.brand }, brand),
        h('h1', { className: 'm-strong', style: STYLES.title }, title),
        ...body,
        h('hr', { className: 'm-soft', style: STYLES.rule }),
        ...footer,
        smallPrint(`Sent by ${brand}, by itself: nobody reads answers to it.`),
      ),
    ),
  );
}
