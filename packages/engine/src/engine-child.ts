import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type {
  AnswerTo,
  ChildMessage,
  EngineRequest,
  FirstLookMessage,
  ParentMessage,
  ProgressMessage,
  WrittenOutput,
} from './child-protocol.ts';
import { EngineError, isEngineErrorCode } from './errors.ts';
import type { Progress } from './steps/step.ts';

export type RunLimits = {
  /** The child is killed after this long; default 5 minutes. */
  readonly timeoutMs?: number;
  /** Heap of the child in MB; default 1024. Pixels live outside the heap, see `maxRssMb`. */
  readonly maxOldSpaceMb?: number;
  /**
   * All memory of the child in MB; default 4096 for an enhancement, 1024 for an inspection. Watched
   * on Linux only: on macOS and elsewhere nothing but `timeoutMs` and `maxOldSpaceMb` holds.
   */
  readonly maxRssMb?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called once when the request asks for a first look and it was written. */
  readonly onFirstLook?: (output: WrittenOutput) => void;
  /** Abort kills the child at once and rejects with `cancelled`. */
  readonly signal?: AbortSignal;
};

/** MB of heap of a child, unless `RunLimits` says otherwise. */
export const DEFAULT_HEAP_MB = 1024;

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Reading a header and making thumbnails holds one reduced frame, an enhancement all of them in full. */
const DEFAULT_RSS_MB: Readonly<Record<EngineRequest['type'], number>> = {
  enhance: 4096,
  inspect: 1024,
  copy: 2048,
};

const ANSWERS = { enhance: 'done', inspect: 'inspected', copy: 'copied' } as const;

/** What a child gets besides its request. */
export const CHILD_ENV = {
  // glibc gives pixels back to the system as soon as they are freed: 100 MB less at the peak.
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  // Node keeps what it made of the sources, so that a child starts in 0.12 s instead of 0.3. It is beside
  // the kernels, where nobody writes who could not write the sources; not writable, it is done without.
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../build/compiled', import.meta.url)),
};

const WATCH_MS = 250;
const STDERR_KEPT = 4000;

type End = { readonly signal: NodeJS.Signals | null; readonly cause?: Error };

/** One process of the engine, from its start. It is given one request and no second one. */
export class EngineChild {
  /** None when the system could not start it; it has ended then, and says why. */
  readonly pid: number | undefined;
  /** When it is gone, whyever. */
  readonly ended: Promise<End>;
  readonly #process: ChildProcess;
  #stderr = '';
  #begun = false;
  #killed = false;
  #listener: (message: ChildMessage) => void = () => undefined;

  /** @throws EngineError `crashed` when the system refuses a process at once */
  constructor(heapMb = DEFAULT_HEAP_MB) {
    const child = forkChild(heapMb);
    this.pid = child.pid;
    this.#process = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (cause) => resolve({ signal: null, cause }));
      child.once('close', (_code, signal) => resolve({ signal }));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    child.on('message', (message) => {
      // What was on its way when it was killed comes too late: others may be at its work by now.
      if (this.#killed || !isChildMessage(message)) return;
      if (message.type === 'begun') this.#begun = true;
      this.#listener(message);
    });
  }

  /** The last it wrote, for whoever looks for the reason of its end. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Whether it has taken its request up. */
  get hasBegun(): boolean {
    return this.#begun;
  }

  /** From now on every message goes to `listener` and to nobody else. */
  listen(listener: (message: ChildMessage) => void): void {
    this.#listener = listener;
  }

  send(message: ParentMessage): void {
    if (this.pid === undefined) return;
    this.#process.send(message, (cause) => {
      // One that dies before it listens tells the reason by its end.
      if (cause !== null) this.kill();
    });
  }

  kill(): void {
    this.#killed = true;
    // One that never started has the number 0 for Node, and for the system that is this process's whole group.
    if (this.pid !== undefined) this.#process.kill('SIGKILL');
  }
}

function forkChild(heapMb: number): ChildProcess {
  try {
    return fork(CHILD, [], {
      execArgv: [`--max-old-space-size=${heapMb}`],
      // Decoders of foreign files get none of the parent's secrets.
      env: { NODE_ENV: 'production', ...CHILD_ENV },
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  } catch (cause) {
    // Of some reasons, memory among them, Node tells here and not by an event.
    throw crashed('', cause instanceof Error ? cause : undefined);
  }
}

/**
 * Gives a child its request and waits for the answer; the child is gone afterwards. All limits count from here.
 * @throws EngineError what the engine refused, or `timed_out`, `out_of_memory`, `crashed`, `cancelled`
 */
export async function askChild<R extends EngineRequest>(
  child: EngineChild,
  request: R,
  limits: RunLimits,
): Promise<AnswerTo<R>> {
  const guard = watch(child, {
    ...limits,
    maxRssMb: limits.maxRssMb ?? DEFAULT_RSS_MB[request.type],
  });
  try {
    return await converse(child, request, { limits, guard });
  } finally {
    guard.stop();
    child.kill();
  }
}

/** Kills the child when a limit is crossed and remembers which one it was. */
type Guard = { readonly verdict: () => EngineError | null; readonly stop: () => void };

function watch(child: EngineChild, limits: RunLimits & { readonly maxRssMb: number }): Guard {
  let verdict: EngineError | null = null;
  const end = (error: EngineError): void => {
    verdict ??= error;
    child.kill();
  };
  const timer = setTimeout(
    () => end(timedOut(limits.timeoutMs ?? 300_000)),
    limits.timeoutMs ?? 300_000,
  );
  const watcher = setInterval(() => {
    void residentMb(child.pid).then((used) => {
      if (used > limits.maxRssMb) end(outOfMemory());
    });
  }, WATCH_MS);
  const onAbort = (): void => end(cancelled());
  limits.signal?.addEventListener('abort', onAbort, { once: true });
  return {
    verdict: () => verdict,
    stop: () => {
      clearTimeout(timer);
      clearInterval(watcher);
      limits.signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** Resident memory in MB; 0 where the system does not tell (not Linux, or the process is gone). */
async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined || process.platform !== 'linux') return 0;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}

type Watch = { readonly limits: RunLimits; readonly guard: Guard };

function converse<R extends EngineRequest>(
  child: EngineChild,
  request: R,
  watched: Watch,
): Promise<AnswerTo<R>> {
  return new Promise((resolve, reject) => {
    const tell = (news: ProgressMessage | FirstLookMessage): void => {
      try {
        if (news.type === 'progress') watched.limits.onProgress?.(news);
        else watched.limits.onFirstLook?.(news.output);
      } catch (error) {
        reject(error);
      }
    };
    child.listen((message) => {
      if (message.type === 'progress' || message.type === 'firstLook') tell(message);
      else if (message.type === 'failed') reject(failed(message));
      else if (isAnswerTo(request, message)) resolve(message);
    });
    void child.ended.then(({ signal, cause }) =>
      reject(
        watched.guard.verdict() ??
          (cause === undefined ? endedEarly(child.stderr, signal) : crashed(child.stderr, cause)),
      ),
    );
    child.send(request);
  });
}

function isChildMessage(message: unknown): message is ChildMessage {
  return typeof message === 'object' && message !== null && 'type' in message;
}

function isAnswerTo<R extends EngineRequest>(
  request: R,
  message: ChildMessage,
): message is AnswerTo<R> {
  return message.type === ANSWERS[request.type];
}

function failed(message: { code: string; message: string }): EngineError {
  return new EngineError(
    isEngineErrorCode(message.code) ? message.code : 'internal',
    message.message,
  );
}

/** V8 aborts by itself when its heap is full and says so on stderr; the kernel's memory killer only leaves SIGKILL. */
function endedEarly(stderr: string, signal: NodeJS.Signals | null): EngineError {
  const memory =
    signal === 'SIGKILL' ||
    /heap out of memory|Cannot allocate memory|allocation failed/i.test(stderr);
  return memory ? outOfMemory(stderr) : crashed(stderr);
}

export function cancelled(): EngineError {
  return new EngineError('cancelled', 'The enhancement was cancelled.');
}

function timedOut(timeoutMs: number): EngineError {
  return new EngineError(
    'timed_out',
    `The photo was not finished within ${Math.round(timeoutMs / 1000)} seconds and was stopped. Fewer or smaller exposures would help.`,
  );
}

function outOfMemory(cause?: string): EngineError {
  return new EngineError(
    'out_of_memory',
    'The exposures need more memory than is available. Fewer or smaller exposures would help.',
    { cause },
  );
}

function crashed(stderr: string, cause?: Error): EngineError {
  return new EngineError(
    'crashed',
    'The photo engine stopped unexpectedly on this photo. One of the files may be damaged.',
    {
      cause: cause ?? stderr,
    },
  );
}
