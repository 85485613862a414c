const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** 1 KB is 1024 bytes, as upload limits are counted: 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '–';
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  // 1023.97 KB would round to "1024 KB".
  if (unit > 0 && unit < units.length - 1 && Number(value.toFixed(1)) >= 1024) {
    value = 1;
    unit += 1;
  }
  const digits =
    unit === 0 ? String(value) : value.toFixed(value >= 100 ? 0 : 1).replace(/\.0$/, '');
  return `${digits} ${units[unit]}`;
}

/** "12 MB", "1.5gb", "800" (bytes) → bytes; `undefined` when it is not a size. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?\s*$/i.exec(text);
  if (!match) return undefined;
  const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf((match[2] ?? '').toLowerCase());
  return Math.round(Number(match[1]) * 1024 ** power);
}

export function formatNumber(value: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function formatDateTime(date: Date, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

export function formatDate(date: Date, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(date);
}

/** "1 scene", "12 scenes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "just now", "3 min. ago", "in 2 days". */
export function formatRelative(date: Date, now: Date, locale = 'en'): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 10 ? 'in a moment' : 'just now';
}

/** Seconds as "45 s", "3 min", "2 h": what is left of an upload. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1).replace(/\.0$/, '')} h`;
}

/** What clocks may be apart by, which is no day more. Seconds. */
const CLOCKS = 300;

/** Seconds until something ends, rounded up to what is worth counting: "4 years", "3 days", "5 h", "12 min". */
export function formatTimeLeft(seconds: number): string {
  if (seconds <= 60) return '1 min';
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.ceil((seconds - CLOCKS) / 3600)} h`;
  if (seconds < 94_672_800) return `${Math.ceil((seconds - CLOCKS) / 86_400)} days`;
  return `${Math.floor(seconds / 31_557_600)} years`;
}
