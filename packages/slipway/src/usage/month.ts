/** A calendar month, by UTC. */
export interface Month {
  /** `2026-11-01`. */
  first: string;
  from: Date;
  to: Date;
}

export function monthOf(now: Date): Month {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return { first: from.toISOString().slice(0, 10), from, to };
}
