import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageWish } from './page.ts';
import type { Subject } from './subject.ts';

/** A browser with a file picked in it: its page can be closed hard, and opened again. */
export interface Browser {
  /** The id of the file that a page got ready; pages that are closed are opened again. */
  upload(): Promise<string>;
  /** SIGKILL for the page. */
  closePage(): void;
  close(): void;
}

export interface BrowserWish {
  readonly subject: Subject;
  readonly client: PageWish['client'];
  readonly endpoint: string;
  readonly apiKey: string;
  /** Milliseconds for all pages together. */
  readonly patience: number;
}

const PAGE = join(import.meta.dirname, 'page.ts');

export function openBrowser({ subject, patience, ...wish }: BrowserWish): Browser {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const file = join(folder, 'file');
  writeFileSync(file, subject.bytes);
  const store = join(folder, 'store');
  let close: () => void = () => undefined;

  function openPage(page: PageWish): Promise<string | undefined> {
    const child = spawn(
      process.execPath,
      [
        ...['--experimental-webstorage', `--localstorage-file=${store}.sqlite`],
        ...['--disable-warning=ExperimentalWarning', PAGE, JSON.stringify(page)],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    let complaints = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    let closed = false;
    close = () => {
      closed = true;
      child.kill('SIGKILL');
    };
    return new Promise((resolve, reject) => {
      child.once('close', (code) => {
        const id = /"id":"(\w+)"/.exec(output)?.[1];
        if (id !== undefined || closed) resolve(id);
        else reject(new Error(`the page ended with ${code}: ${complaints.slice(-500)}`));
      });
    });
  }

  return {
    async upload() {
      const limit = setTimeout(() => {
        gaveUp = true;
        close();
      }, patience);
      let gaveUp = false;
      try {
        for (;;) {
          const id = await openPage({ ...wish, name: subject.name, file, store });
          if (id !== undefined) return id;
          if (gaveUp) throw new Error(`not ready within ${patience} ms`);
        }
      } finally {
        clearTimeout(limit);
      }
    },
    closePage: () => close(),
    close() {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
