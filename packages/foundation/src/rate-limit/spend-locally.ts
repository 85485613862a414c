import type { Grant } from './budget.ts';
import type { Wish } from './spend.ts';

const MOST_KEYS = 10_000;

/** The same token buckets in this process's memory, for while the shared ones cannot be reached. */
export function createLocalBudgets(): (wishes: readonly Wish[], now: number) => Map<string, Grant> {
  const held = new Map<string, { spent: number; at: number }>();

  function spendOne({ budget, wanted }: Wish, now: number): Grant {
    const { key, quota, windowSeconds } = budget;
    const { spent: before, at } = held.get(key) ?? { spent: 0, at: now };
    const left = Math.max(0, before - (Math.max(0, now - at) / 1000) * (quota / windowSeconds));
    const granted = Math.min(wanted, Math.max(0, Math.floor(quota - left + 1e-6)));
    const spent = Math.max(0, left + granted);
    held.delete(key);
    held.set(key, { spent, at: now });
    return { granted, spent };
  }

  return (wishes, now) => {
    const grants = new Map(wishes.map((wish) => [wish.budget.key, spendOne(wish, now)]));
    // The oldest first: a flood of addresses must not fill the memory.
    for (const key of held.keys()) {
      if (held.size <= MOST_KEYS) break;
      held.delete(key);
    }
    return grants;
  };
}
