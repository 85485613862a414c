import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;
const FLUSH_MS = 100;

export interface LogFile {
  write(line: string): void;
  close(): void;
}

/** Appends lines; a full file becomes name.1, that one name.2, and so on. */
export function openLogFile(file: string): LogFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const text = waiting;
    waiting = '';
    try {
      if (sizeOf(file) > MAX_BYTES) rotate(file);
      appendFileSync(file, text, { mode: 0o600 });
    } catch {
      // A full disk must not take the products down with their logs.
    }
  };
  return {
    write(line) {
      waiting += `${line}\n`;
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    close() {
      clearTimeout(timer);
      if (waiting) flush();
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function rotate(file: string): void {
  for (let number = KEPT; number >= 1; number--) {
    const from = number === 1 ? file : `${file}.${number - 1}`;
    if (sizeOf(from) > 0) renameSync(from, `${file}.${number}`);
  }
}
