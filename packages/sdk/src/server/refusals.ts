import { sleep } from '../shared/retry.ts';
import type { FileInfo, WireError } from '../shared/types.ts';
import type { Slipway } from './client.ts';
import { SlipwayError } from './errors.ts';

/** An upload that a route refused before Slipway was asked. */
export interface RouteRefusal {
  readonly route: string;
  readonly code: string;
  readonly message: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** How many this one stands for. */
  readonly repeats: number;
}

/** Notes that a route refused these files. Never fails, and nobody waits for it. */
export type NoteRefusals = (route: string, files: readonly FileInfo[], error: WireError) => void;

interface RefusalLogOptions {
  readonly slipway: Slipway;
  readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
  readonly onError: (error: unknown) => void;
}

/** So many have a line each; what comes more often is counted. */
const SINGLE = 50;
const MOST = 100;
/** Milliseconds between two reports: who is refused often must not use up the key's calls. */
const APART = 1000;
const TIMEOUT = 5000;

/** Gathers refusals for the project's upload log and sends them, one report at a time. */
export function createRefusalLog({ slipway, waitUntil, onError }: RefusalLogOptions): NoteRefusals {
  let waiting = new Map<string, RouteRefusal>();
  let isSending = false;
  let isOver = false;
  let last = 0;

  async function sendAll(): Promise<void> {
    while (waiting.size > 0 && !isOver) {
      await sleep(Math.max(0, last + APART - Date.now()));
      const refusals = [...waiting.values()];
      waiting = new Map();
      last = Date.now();
      try {
        await slipway.uploads.reportRefusals(refusals, { timeout: TIMEOUT });
      } catch (error) {
        // A Slipway that is older than this package knows no such call.
        isOver = error instanceof SlipwayError && [404, 405].includes(error.status);
        if (!isOver) onError(error);
      }
    }
    isSending = false;
  }

  function add(refusal: RouteRefusal): void {
    const { route, code, name } = refusal;
    const single = JSON.stringify([route, code, name]);
    const key =
      waiting.has(single) || waiting.size < SINGLE ? single : JSON.stringify([route, code]);
    const before = waiting.get(key);
    if (!before && waiting.size >= MOST) return;
    waiting.set(key, { ...refusal, repeats: (before?.repeats ?? 0) + 1 });
  }

  return (route, files, { code, message }) => {
    for (const { name, size, type } of files)
      add({ route, code, message, name, size, type, repeats: 1 });
    if (isSending || isOver || waiting.size === 0) return;
    isSending = true;
    const work = sendAll();
    waitUntil?.(work);
  };
}
