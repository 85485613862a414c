import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../../../scripts/stack/child.ts';

export interface Death {
  readonly name: string;
  readonly cause: 'killed' | 'failpoint' | 'not started' | 'crashed';
  /** Of a fail point its name, of a crash the last lines. */
  readonly detail: string;
}

export interface GuardedWish {
  readonly name: string;
  /** Script and arguments for Node. */
  readonly args: readonly string[];
  /** Asked for each life. */
  readonly env: () => NodeJS.ProcessEnv;
  readonly isReady: (line: string) => boolean;
  readonly onDeath: (death: Death) => void;
}

/** A process that is started again whenever it dies, as whoever runs it would. */
export interface Guarded {
  readonly name: string;
  /** SIGKILL, as if the power went; false when it was dead already. */
  kill(): boolean;
  /** Resolves when it is up. */
  ready(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

const PAUSE_MS = 100;
const STOP_LIMIT_MS = 15_000;

export function startGuarded(wish: GuardedWish): Guarded {
  let stopping = false;
  let child: Child;
  let asked = false;
  let up = Promise.withResolvers<void>();
  const lives = live();

  async function live(): Promise<void> {
    while (!stopping) {
      let started = false;
      const last: string[] = [];
      const keep = (line: string) => {
        if (last.push(line) > 30) last.shift();
      };
      asked = false;
      child = startChild({
        args: wish.args,
        env: wish.env(),
        onErr: keep,
        onOut(line) {
          keep(line);
          if (started || !wish.isReady(line)) return;
          started = true;
          up.resolve();
        },
      });
      await child.exited;
      if (started) up = Promise.withResolvers<void>();
      if (stopping) return;
      wish.onDeath(describe(wish.name, { asked, started, last }));
      await sleep(PAUSE_MS);
    }
  }

  return {
    name: wish.name,
    kill() {
      if (child.pid === undefined) return false;
      asked = true;
      try {
        process.kill(child.pid, 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    },
    ready: () => up.promise,
    async stop() {
      stopping = true;
      await child.stop(STOP_LIMIT_MS);
      await lives;
    },
  };
}

function describe(
  name: string,
  { asked, started, last }: { asked: boolean; started: boolean; last: readonly string[] },
): Death {
  const point = last.map((line) => /^failpoint (\S+)$/.exec(line)?.[1]).find(Boolean);
  if (point !== undefined) return { name, cause: 'failpoint', detail: point };
  const detail = last.join('\n');
  if (asked) return { name, cause: 'killed', detail };
  return { name, cause: started ? 'crashed' : 'not started', detail };
}
