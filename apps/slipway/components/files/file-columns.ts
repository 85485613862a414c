'use client';

import { type CSSProperties, useMemo, useSyncExternalStore } from 'react';

type Column = {
  name: string;
  label: string;
  width: number;
  least: number;
  /** From which width of the window on there is room for it. */
  from: 'any' | 'sm' | 'md';
};

/** In their order. The name is always there, and takes what these leave. */
export const fileColumns = [
  { name: 'folder', label: 'Folder', width: 144, least: 56, from: 'md' },
  { name: 'tags', label: 'Tags', width: 144, least: 56, from: 'md' },
  { name: 'size', label: 'Size', width: 88, least: 64, from: 'md' },
  { name: 'type', label: 'Type', width: 160, least: 56, from: 'md' },
  { name: 'route', label: 'Route', width: 112, least: 56, from: 'md' },
  { name: 'uploader', label: 'Uploader', width: 128, least: 56, from: 'md' },
  { name: 'status', label: 'Status', width: 128, least: 100, from: 'any' },
  { name: 'created', label: 'Uploaded', width: 120, least: 88, from: 'sm' },
] as const satisfies readonly Column[];
export type FileColumn = (typeof fileColumns)[number];
export type ColumnName = FileColumn['name'];

const WIDEST = 480;
const KEY = 'slipway.file-columns';
const CHANGED = 'slipway:file-columns';

type Layout = { shown: readonly ColumnName[]; widths: Partial<Record<ColumnName, number>> };

const DEFAULT: Layout = { shown: ['size', 'type', 'status', 'created'], widths: {} };

/** What was kept, as far as it is what this version knows. */
export function readLayout(text: string | null): Layout {
  const kept = parse(text);
  if (kept === null) return DEFAULT;
  const names = fileColumns.map(({ name }) => name);
  const widths = names.flatMap((name) => {
    const width = kept.widths?.[name];
    return typeof width === 'number' && width > 0 && width <= WIDEST ? [[name, width]] : [];
  });
  const shown = names.filter((name) => kept.shown?.includes(name));
  return { shown: kept.shown ? shown : DEFAULT.shown, widths: Object.fromEntries(widths) };
}

type Kept = { shown?: unknown[]; widths?: Record<string, unknown> };

function parse(text: string | null): Kept | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { shown, widths } = value as Record<string, unknown>;
    return {
      ...(Array.isArray(shown) && { shown }),
      ...(typeof widths === 'object' && widths !== null && { widths: { ...widths } }),
    };
  } catch {
    return null;
  }
}

/** For as long as the page lives where a browser keeps nothing. */
let latest: string | null = null;

function read(): string | null {
  try {
    return localStorage.getItem(KEY) ?? latest;
  } catch {
    return latest;
  }
}

function keep(layout: Layout): void {
  latest = JSON.stringify(layout);
  try {
    localStorage.setItem(KEY, latest);
  } catch {
    // A browser that keeps nothing shows it while the page lives.
  }
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(notify: () => void): () => void {
  window.addEventListener(CHANGED, notify);
  window.addEventListener('storage', notify);
  return () => {
    window.removeEventListener(CHANGED, notify);
    window.removeEventListener('storage', notify);
  };
}

/** The columns that a person wants to see, kept in this browser, and how wide. */
export function useFileColumns() {
  const text = useSyncExternalStore(subscribe, read, () => null);
  return useMemo(() => {
    const layout = readLayout(text);
    const { shown, widths } = layout;
    const columns = fileColumns.filter(({ name }) => shown.includes(name));
    const widthOf = ({ name, width }: FileColumn) => widths[name] ?? width;
    return {
      columns,
      widthOf,
      style: styleOf(columns, widthOf),
      isShown: (name: ColumnName) => shown.includes(name),
      toggle: (name: ColumnName) =>
        keep({
          ...layout,
          shown: shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name],
        }),
      resize: ({ name, least }: FileColumn, width: number) =>
        keep({
          ...layout,
          widths: { ...widths, [name]: Math.max(least, Math.min(WIDEST, Math.round(width))) },
        }),
      reset: () => keep(DEFAULT),
    };
  }, [text]);
}

/** For windows of three widths: each column shrinks a little before it goes. */
function styleOf(
  columns: readonly FileColumn[],
  widthOf: (column: FileColumn) => number,
): CSSProperties {
  const tracks = (...from: Column['from'][]) =>
    [
      '1.25rem minmax(0,1fr)',
      ...columns
        .filter((column) => from.includes(column.from))
        .map((column) => `minmax(${column.least}px,${widthOf(column)}px)`),
      '2rem',
    ].join(' ');
  return {
    // A telephone has room for a chip, and no more.
    '--columns': tracks('any').replace(/minmax\(100px,\d+px\)/, '5.25rem'),
    '--columns-sm': tracks('any', 'sm'),
    '--columns-md': tracks('any', 'sm', 'md').replace('minmax(0,1fr)', 'minmax(9rem,1fr)'),
  } as CSSProperties;
}

/** Of the head, the rows and the skeleton. */
export const lineClasses =
  'grid items-center gap-x-2 px-3 sm:gap-x-3 sm:px-4 grid-cols-(--columns) sm:grid-cols-(--columns-sm) md:grid-cols-(--columns-md)';

export const cellClasses: Readonly<Record<Column['from'], string>> = {
  any: '',
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
};
