import { cpuOf, cpuOfFamily, cpuOfMachine } from './proc.ts';

/** CPU seconds by who used them; undefined where the system does not tell. */
export interface CpuUse {
  readonly server: number | undefined;
  readonly postgres: number | undefined;
  readonly machine: number | undefined;
}

export interface Watched {
  readonly server?: number | undefined;
  /** The postmaster: its children count too. */
  readonly postgres?: number | undefined;
}

/** Starts counting; the function returned tells what was used since. */
export function startCpuMeter(watched: Watched): () => CpuUse {
  const read = () => ({
    server: watched.server === undefined ? undefined : cpuOf(watched.server),
    postgres: watched.postgres === undefined ? undefined : cpuOfFamily(watched.postgres),
    machine: cpuOfMachine(),
  });
  const begin = read();
  return () => {
    const end = read();
    const used = (who: keyof CpuUse) => {
      const [from, to] = [begin[who], end[who]];
      return from === undefined || to === undefined ? undefined : to - from;
    };
    return { server: used('server'), postgres: used('postgres'), machine: used('machine') };
  };
}

/** What the rest of the machine used meanwhile, this script included: large means a poor measurement. */
export function othersOf(use: CpuUse, loadTool: number): number | undefined {
  if (use.machine === undefined) return undefined;
  return Math.max(0, use.machine - (use.server ?? 0) - (use.postgres ?? 0) - loadTool);
}
