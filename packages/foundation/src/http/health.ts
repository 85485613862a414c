import type { Logger, Metrics } from '../telemetry/index.ts';
import type { HttpApp } from './kernel.ts';

export type HealthCheck = () => Promise<void>;

const CHECK_TIMEOUT_MS = 3_000;

/** Set when the process is asked to stop: `/readyz` turns 503 before connections close. */
export interface Lifecycle {
  stopping: boolean;
}

async function runCheck(check: HealthCheck): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)),
      CHECK_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([check(), timeout]);
    return undefined;
  } catch (error) {
    return error ?? new Error('failed without a reason');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The causes go to the log, never into the answer, which anybody may read. Once when a check begins
 * to fail and once when it is over: whoever asks does so every second.
 */
function createReport(log: Logger): (name: string, cause: unknown) => void {
  const failing = new Set<string>();
  return (name, cause) => {
    if (cause === undefined) {
      if (failing.delete(name)) log.info({ check: name }, 'a readiness check works again');
    } else if (!failing.has(name)) {
      failing.add(name);
      log.warn({ check: name, err: cause }, `the readiness check "${name}" failed`);
    }
  };
}

/** `/livez`: the process answers. `/readyz`: what it needs answers too. `/metrics`: Prometheus text. */
export function mountHealth(
  app: HttpApp,
  options: {
    checks: Record<string, HealthCheck>;
    /** Told in the answer, too, but without them the process is ready all the same. */
    reported?: Record<string, HealthCheck>;
    log: Logger;
    metrics: Metrics;
    lifecycle: Lifecycle;
  },
): void {
  const report = createReport(options.log);
  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (options.lifecycle.stopping) return c.json({ status: 'stopping' }, 503);
    const results = await Promise.all(
      Object.entries({ ...options.reported, ...options.checks }).map(async ([name, check]) => {
        const cause = await runCheck(check);
        report(name, cause);
        return [name, cause === undefined ? 'ok' : 'failed'] as const;
      }),
    );
    const checks = Object.fromEntries(results);
    const ready = results.every(([name, result]) => result === 'ok' || !(name in options.checks));
    return c.json({ status: ready ? 'ready' : 'unready', checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    c.header('content-type', options.metrics.registry.contentType);
    return c.body(await options.metrics.registry.metrics());
  });
}
