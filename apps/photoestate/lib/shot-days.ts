export const shotChoices = [
  { value: 'today', label: 'Shot today' },
  { value: 'upcoming', label: 'Today and later' },
  { value: 'past7', label: 'Past 7 days' },
  { value: 'past30', label: 'Past 30 days' },
] as const;

export type ShotDays = { shotFrom?: string; shotTo?: string };

const DAY_MS = 86_400_000;
const ownDay = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/;

/** The days by the person’s own clock: a view that is kept means other days tomorrow. */
function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `2026-05-01..2026-05-31`, of which either end may be open: undefined for what is none. */
export function ownDays(shot: string | undefined): { from: string; to: string } | undefined {
  const match = ownDay.exec(shot ?? '');
  return match === null ? undefined : { from: match[1] ?? '', to: match[2] ?? '' };
}

export function shotDays(shot: string | undefined, now: Date): ShotDays {
  const today = dayOf(now);
  const ago = (days: number) => dayOf(new Date(now.getTime() - days * DAY_MS));
  if (shot === 'today') return { shotFrom: today, shotTo: today };
  if (shot === 'upcoming') return { shotFrom: today };
  if (shot === 'past7') return { shotFrom: ago(6), shotTo: today };
  if (shot === 'past30') return { shotFrom: ago(29), shotTo: today };
  const own = ownDays(shot);
  return { ...(own?.from && { shotFrom: own.from }), ...(own?.to && { shotTo: own.to }) };
}

export function isShot(shot: string | null): shot is string {
  return shot !== null && (shotChoices.some(({ value }) => value === shot) || ownDay.test(shot));
}
