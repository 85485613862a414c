/** How long somebody has to wait, as one says it; rounded up, so that nobody comes too early. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return counted(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 3600) return counted(Math.ceil(seconds / 60), 'minute');
  if (seconds < 172_800) return counted(Math.ceil(seconds / 3600), 'hour');
  return counted(Math.ceil(seconds / 86_400), 'day');
}

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** What is left of it, for a clock that runs: `9:05`. */
export function clockWords(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
