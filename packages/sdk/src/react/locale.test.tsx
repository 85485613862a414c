import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { UploadError } from '../client/errors.ts';
import type { UploadItem, UploadState } from '../client/uploader.ts';
import { ENGLISH } from '../ui/english.ts';
import type { Labels } from '../ui/labels.ts';
import { UploadButton } from './upload-button.tsx';
import { UploadDropzone } from './upload-dropzone.tsx';
import { UploadList } from './upload-list.tsx';

/** Every word in brackets: what is not is no word of the labels. */
const PSEUDO = Object.fromEntries(
  Object.entries(ENGLISH).map(([name, word]) => [
    name,
    typeof word === 'string' ? `⟦${name}⟧` : () => `⟦${name}⟧`,
  ]),
) as unknown as Labels;

const NAME = 'صورة.png';
const STATES: Record<UploadState, true> = {
  ...{ queued: true, requesting: true, uploading: true, completing: true },
  ...{ paused: true, done: true, error: true, cancelled: true },
};

const itemOf = (state: UploadState, index: number): UploadItem => ({
  ...{
    key: `upload-${index}`,
    state,
    loaded: 1,
    progress: 0.5,
    result: null,
    serverData: null,
    serverPending: false,
  },
  file: new File(['ab'], NAME),
  error: state === 'error' ? new UploadError({ code: 'x', message: 'An English message.' }) : null,
});

const items = (Object.keys(STATES) as UploadState[]).map(itemOf);
const snapshot = {
  ...{ items, progress: 0.5, loaded: 1, size: 2, active: true, done: 1, failed: 1, rules: null },
};
const nothing = () => undefined;
const controls = {
  ...snapshot,
  ...{ pause: nothing, resume: nothing, cancel: nothing, retry: nothing, remove: nothing },
} as unknown as Parameters<typeof UploadList>[0]['controls'];

/** What a person sees or hears of it. */
function words(element: ReactElement): string[] {
  const html = renderToString(element).replace(/<style.*?<\/style>/gs, '');
  const texts = html
    .replace(/<[^>]*>/g, '\n')
    .replaceAll('&nbsp;', ' ')
    .split('\n');
  const spoken = [...html.matchAll(/(?:aria-[a-z]+|title|alt|placeholder)="([^"]*)"/g)];
  return [...texts, ...spoken.map(([, text]) => text ?? '')]
    .map((one) => one.trim())
    .filter(Boolean);
}

describe('every word is of the labels', () => {
  test.each([
    [
      'the list, in every state of a file',
      <UploadList key="1" {...{ controls, appearance: undefined, words: PSEUDO }} />,
    ],
    ['the button', <UploadButton key="2" route="a" labels={PSEUDO} />],
    [
      'the dropzone',
      <UploadDropzone
        key="3"
        route="a"
        labels={PSEUDO}
        rules={{ types: ['image/png'], maxSize: 5, maxFiles: 3 }}
      />,
    ],
  ])('in %s', (_name, element) => {
    const all = words(element);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((text) => !/^⟦\w+⟧$/.test(text) && text !== NAME)).toEqual([]);
  });

  test('every label is used', () => {
    const seen = [
      <UploadList key="1" {...{ controls, appearance: undefined, words: PSEUDO }} />,
      <UploadDropzone
        key="2"
        route="a"
        labels={PSEUDO}
        rules={{ types: [], maxSize: 5, maxFiles: 3 }}
      />,
    ].flatMap(words);
    const missing = Object.keys(ENGLISH).filter(
      (name) => !seen.some((text) => text.includes(`⟦${name}⟧`)),
    );
    // Shown while something runs, which a server never renders.
    expect(missing).toEqual(['uploading']);
  });

  test('no source of the web component holds another', () => {
    const folder = join(import.meta.dirname, '../element');
    for (const name of ['row.ts', 'view.ts', 'slipway-upload.ts', 'dom.ts']) {
      const code = readFileSync(join(folder, name), 'utf8').replace(/\/\*.*?\*\/|\/\/.*/gs, '');
      const literals = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(([, a, b]) => a ?? b ?? '');
      // A word that people read begins with a capital, or has a space; styles and names have neither.
      const suspects = literals.filter((text) => /^[A-Z][a-z]+ |^[A-Z][a-z]+$/.test(text));
      expect(
        suspects.filter((text) => text !== 'Files'),
        name,
      ).toEqual([]);
    }
  });
});

describe('other languages', () => {
  test('their direction and plural forms', () => {
    const plural = new Intl.PluralRules('ar');
    const forms: Record<string, string> = { one: 'ملف', two: 'ملفان', few: 'ملفات', many: 'ملفًا' };
    const status: Labels['status'] = ({ done }) => `${done} ${forms[plural.select(done)] ?? 'ملف'}`;
    const say = (done: number) =>
      words(
        <UploadList
          {...{ appearance: undefined, words: { ...ENGLISH, status } }}
          controls={{ ...controls, items: [], done }}
        />,
      );
    expect([say(2), say(3), say(11)]).toEqual([['2 ملفان'], ['3 ملفات'], ['11 ملفًا']]);
    const html = renderToString(<UploadButton route="a" lang="ar" dir="rtl" />);
    expect(html).toMatch(/lang="ar" dir="rtl"/);
    // A name has its own direction, whatever that of the page.
    const list = renderToString(
      <UploadList {...{ controls, appearance: undefined, words: ENGLISH }} />,
    );
    expect(list.match(/dir="auto" title="صورة.png"/g)).toHaveLength(items.length);
  });
});
