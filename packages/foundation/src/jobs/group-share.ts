/** Runs what it is given unless so many of its group run already; says whether it did. */
export type GroupShare = (
  group: string | null | undefined,
  run: () => Promise<void>,
) => Promise<boolean>;

export function createGroupShare(most: number): GroupShare {
  const running = new Map<string, number>();
  return async (group, run) => {
    if (!group) {
      await run();
      return true;
    }
    const others = running.get(group) ?? 0;
    if (others >= most) return false;
    running.set(group, others + 1);
    try {
      await run();
    } finally {
      const left = (running.get(group) ?? 1) - 1;
      if (left === 0) running.delete(group);
      else running.set(group, left);
    }
    return true;
  };
}
