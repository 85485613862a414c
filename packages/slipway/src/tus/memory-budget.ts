import { slipwayError } from '../errors.ts';

/** What all uploads of this process that gather parts may hold at once. */
const BUDGET = 512 * 1024 ** 2;
const byProject = new Map<string, number>();
let held = 0;

export interface Memory {
  /**
   * Sets so much aside altogether.
   *
   * @throws `unavailable` when too much is held already: the client comes again.
   */
  grow(bytes: number): void;
  giveBack(): void;
}

/**
 * Memory for one upload, to be set aside as it is needed. A project may hold as much as is free
 * afterwards: one alone gets half of all, and however many hold theirs, there is some left for another.
 */
export function openMemory(projectId: string): Memory {
  let own = 0;
  function change(more: number): void {
    own += more;
    held += more;
    const of = (byProject.get(projectId) ?? 0) + more;
    if (of === 0) byProject.delete(projectId);
    else byProject.set(projectId, of);
  }
  return {
    grow(bytes) {
      const more = bytes - own;
      if (more <= 0) return;
      const of = (byProject.get(projectId) ?? 0) + more;
      if (of > BUDGET - held - more) {
        throw slipwayError('unavailable', 'Too many uploads are arriving at once; try again.', {
          retryAfter: 2,
        });
      }
      change(more);
    },
    giveBack: () => change(-own),
  };
}
