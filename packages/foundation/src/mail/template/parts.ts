import { Button } from '@react-email/button';
import {
  createContext,
  createElement as h,
  type ReactElement,
  type ReactNode,
  useContext,
} from 'react';
import { textOn } from '../../colors/index.ts';
import { STYLES } from './styles.ts';

export type MailPart = ReactElement;

/** Node runs our source as it is, and knows no JSX: elements are made by hand. */

export const paragraph = (...children: ReactNode[]): ReactElement =>
  h('p', { className: 'm-strong', style: STYLES.text }, ...children);

export const smallPrint = (...children: ReactNode[]): ReactElement =>
  h('p', { className: 'm-soft', style: STYLES.muted }, ...children);

export const strong = (text: string): ReactElement => h('strong', null, text);

/** Whose colour buttons have, `#rrggbb`; null for the house's own blue. */
export const Accent = createContext<string | null>(null);

export const link = (href: string, text: string): ReactElement => h(Link, { href, text });

interface Target {
  href: string;
  text: string;
}

function Link({ href, text }: Target): ReactElement {
  const isBlue = useContext(Accent) === null;
  const style = isBlue ? STYLES.link : { ...STYLES.link, color: STYLES.text.color };
  return h('a', { className: isBlue ? 'm-link' : 'm-strong', style, href }, text);
}

function AccentButton({ href, text }: Target): ReactElement {
  const accent = useContext(Accent);
  if (accent === null)
    return h(Button, { className: 'm-button', style: STYLES.button, href }, text);
  const style = { ...STYLES.button, backgroundColor: accent, color: textOn(accent) };
  return h(Button, { style, href }, text);
}

export const button = (href: string, text: string): ReactElement =>
  h('p', { style: { margin: '8px 0 24px' } }, h(AccentButton, { href, text }));

/** A table whose first column says what the others are about; the last one is numbers when `numeric`. */
export function table(input: {
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  numeric?: boolean;
}): ReactElement {
  const { head, rows, numeric = false } = input;
  const isNumber = (index: number) => numeric && index > 0;
  return h(
    'table',
    { className: 'm-table', style: STYLES.table },
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        ...head.map((name, index) =>
          h(
            'th',
            {
              scope: 'col',
              className: 'm-soft',
              style: { ...STYLES.heading, ...(isNumber(index) && STYLES.number) },
            },
            name,
          ),
        ),
      ),
    ),
    h(
      'tbody',
      null,
      ...rows.map((cells) =>
        h(
          'tr',
          null,
          ...cells.map((cell, index) =>
            h(
              'td',
              {
                className: 'm-strong',
                style: { ...STYLES.cell, ...(isNumber(index) && STYLES.number) },
              },
              cell,
            ),
          ),
        ),
      ),
    ),
  );
}
