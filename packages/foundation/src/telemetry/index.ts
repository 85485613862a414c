import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { maskSecrets } from './mask-secrets.ts';
import { safeError } from './safe-error.ts';
import { standardOutput } from './standard-output.ts';

export { maskSecrets } from './mask-secrets.ts';

export type Logger = ReturnType<typeof createLogger>;

/** Structured logs: one JSON object a line; secrets are masked by name, errors go through `safeError`. */
export function loggerOptions(options: { service: string; level: string }): LoggerOptions {
  return {
    level: options.level,
    base: { service: options.service },
    redact: {
      paths: ['*.password', '*.apiKey', '*.secret', '*.authorization', '*.cookie', 'headers.*'],
      censor: '[masked]',
    },
    // Whatever its name: a key that came as part of an address, say.
    hooks: { streamWrite: maskSecrets },
    serializers: { err: (error: unknown) => safeError(error) },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
}

/** Logs to stdout, or to wherever a test looks. */
export function createLogger(
  options: { service: string; level: string },
  destination: DestinationStream = standardOutput(),
) {
  return pino(loggerOptions(options), destination);
}

export interface Metrics {
  registry: Registry;
  httpDuration: Histogram<'method' | 'route' | 'status'>;
  jobDuration: Histogram<'job' | 'outcome'>;
  counter(name: string, help: string): Counter;
  /** A figure that is looked up whenever somebody asks for the metrics. */
  gauge(name: string, help: string, look: () => Promise<number>): void;
}

/** What `/metrics` shows: Node's own figures, HTTP by route, jobs by name. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from request to response head, by route pattern',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    jobDuration: new Histogram({
      name: 'job_duration_seconds',
      help: 'Run time of background jobs',
      labelNames: ['job', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
      registers: [registry],
    }),
    counter: (name, help) => new Counter({ name, help, registers: [registry] }),
    gauge: (name, help, look) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect(): Promise<void> {
          this.set(await look());
        },
      });
    },
  };
}
