const DAY_MS = 86_400_000;

/** The date and hour that clocks in `timeZone` show. */
export function localTime(timeZone: string, at: Date): { day: string; hour: number } {
  const wall = new Date(at.getTime() + offsetMs(timeZone, at));
  return { day: wall.toISOString().slice(0, 10), hour: wall.getUTCHours() };
}

/** The moment at which a day begins there: where clocks skip midnight, the first one after it. */
export function startOfDay(timeZone: string, day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // By the offset before and by that after; of a midnight that comes twice the first one counts.
  const candidates = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => new Date(midnight - offsetMs(timeZone, new Date(near))))
    .sort((a, b) => a.getTime() - b.getTime());
  const found = candidates.find((at) => localTime(timeZone, at).day === day);
  return found ?? new Date(midnight);
}

export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** How far clocks there are ahead of UTC. */
function offsetMs(timeZone: string, at: Date): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

/** Making one takes far longer than using it; there are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
