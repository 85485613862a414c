type Mark = { time: number; loaded: number };

const windowMs = 4000;
const leastMs = 300;

/** Bytes a second of each upload over the last seconds; 0 until enough was seen. */
export class SpeedMeter {
  readonly #marks = new Map<string, Mark[]>();

  note(key: string, loaded: number, time: number): number {
    const recent = (this.#marks.get(key) ?? []).filter((mark) => time - mark.time < windowMs);
    const last = recent.at(-1);
    if (!last || last.loaded !== loaded) recent.push({ time, loaded });
    this.#marks.set(key, recent);
    const first = recent[0];
    const elapsed = first ? time - first.time : 0;
    return first && elapsed >= leastMs ? ((loaded - first.loaded) / elapsed) * 1000 : 0;
  }

  forget(key: string): void {
    this.#marks.delete(key);
  }
}
