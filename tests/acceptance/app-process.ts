import { appendFileSync, existsSync } from 'node:fs';
import { serveFetch } from './serve-fetch.ts';

/** Where an app writes down what it does, and the file that makes it hang in its handler. */
const { EFFECTS = '', HANG = '', PORT = '0' } = process.env;

export const note = (line: string) => appendFileSync(EFFECTS, `${line}\n`);

/** For ever, when the test wants that. */
export async function mayHang(): Promise<void> {
  if (existsSync(HANG)) await new Promise(() => undefined);
}

/** Tells whoever forked this process where it is served. */
export async function serveApp(handle: (request: Request) => Promise<Response>): Promise<void> {
  process.send?.((await serveFetch(handle, Number(PORT))).address());
}
