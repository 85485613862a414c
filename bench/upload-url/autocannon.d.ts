/** What we use of it; it brings no types. */
declare module 'autocannon' {
  interface Options {
    url: string;
    method: string;
    setupClient: (client: { setHeaders(headers: Record<string, string>): void }) => void;
    body: string;
    connections: number;
    /** Seconds. */
    duration: number;
  }
  interface Result {
    /** Seconds. */
    duration: number;
    /** Milliseconds. */
    latency: { p50: number; p99: number };
    errors: number;
    timeouts: number;
    statusCodeStats: Record<string, { count: number }>;
  }
  function autocannon(options: Options): Promise<Result>;
  export = autocannon;
}
