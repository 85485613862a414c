import type { Metrics } from '../telemetry/index.ts';
import type { HttpApp } from './kernel.ts';

export type HealthCheck = () => Promise<void>;

const CHECK_TIMEOUT_MS = 3_000;

/** Set when the process is asked to stop: `/readyz` turns 503 before connections close. */
export interface Lifecycle {
  stopping: boolean;
}

async function runCheck(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)),
      CHECK_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([check(), timeout]);
    return 'ok';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

/** `/livez`: the process answers. `/readyz`: what it needs answers too. `/metrics`: Prometheus text. */
export function mountHealth(
  app: HttpApp,
  options: { checks: Record<string, HealthCheck>; metrics: Metrics; lifecycle: Lifecycle },
): void {
  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (options.lifecycle.stopping) return c.json({ status: 'stopping' }, 503);
    const names = Object.keys(options.checks);
    const results = await Promise.all(Object.values(options.checks).map(runCheck));
    const checks = Object.fromEntries(
      names.map((name, index) => [name, results[index] ?? 'failed']),
    );
    const ready = results.every((result) => result === 'ok');
    return c.json({ status: ready ? 'ready' : 'unready', checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    c.header('content-type', options.metrics.registry.contentType);
    return c.body(await options.metrics.registry.metrics());
  });
}
