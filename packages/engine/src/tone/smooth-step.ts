/** 0 up to 0, 1 from 1 on, level at both ends. */
export function smoothStep(value: number): number {
  const t = value <= 0 ? 0 : value >= 1 ? 1 : value;
  return t * t * (3 - 2 * t);
}
