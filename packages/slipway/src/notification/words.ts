/** Numbers and times in mails: English, and times with their zone. */

const UNITS = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** 1 KB is 1024 bytes, as on the pages. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let amount = bytes;
  let last: string = 'B';
  for (const unit of UNITS) {
    if (amount < 1023.95) break;
    amount /= 1024;
    last = unit;
  }
  return `${amount.toFixed(1).replace(/\.0$/, '')} ${last}`;
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export const utcTime = (at: Date): string =>
  `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What somebody named, short enough for a line. */
export const shortened = (text: string, most = 60): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
