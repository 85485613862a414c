export interface SceneMembers {
  sceneId: string;
  photoIds: readonly string[];
}

export interface ScenePlan {
  /** What each scene shall hold; null asks for a new scene. */
  groups: { sceneId: string | null; photoIds: readonly string[] }[];
  /** Scenes that end: all of their frames went to others. */
  removed: string[];
}

/**
 * Gives the groups to the scenes that exist, so that a scene keeps its identity
 * (and its results) while most of its frames stay together. Largest overlap
 * first; each scene and each group is given once.
 */
export function planScenes(
  existing: readonly SceneMembers[],
  groups: readonly (readonly string[])[],
): ScenePlan {
  const overlaps = overlapsOf(existing, groups);
  const sceneOfGroup = new Map<number, string>();
  const kept = new Set<string>();
  for (const { sceneId, group } of overlaps) {
    if (kept.has(sceneId) || sceneOfGroup.has(group)) continue;
    kept.add(sceneId);
    sceneOfGroup.set(group, sceneId);
  }
  return {
    groups: groups.map((photoIds, index) => ({
      sceneId: sceneOfGroup.get(index) ?? null,
      photoIds,
    })),
    removed: existing.map(({ sceneId }) => sceneId).filter((sceneId) => !kept.has(sceneId)),
  };
}

interface Overlap {
  sceneId: string;
  group: number;
  shared: number;
  /** Frames that only one of the two has. */
  odd: number;
}

function overlapsOf(
  existing: readonly SceneMembers[],
  groups: readonly (readonly string[])[],
): Overlap[] {
  const groupOf = new Map(groups.flatMap((ids, group) => ids.map((id) => [id, group] as const)));
  const overlaps: Overlap[] = [];
  for (const { sceneId, photoIds } of existing) {
    const shared = new Map<number, number>();
    for (const id of photoIds) {
      const group = groupOf.get(id);
      if (group !== undefined) shared.set(group, (shared.get(group) ?? 0) + 1);
    }
    for (const [group, count] of shared) {
      const odd = photoIds.length + (groups[group]?.length ?? 0) - 2 * count;
      overlaps.push({ sceneId, group, shared: count, odd });
    }
  }
  return overlaps.sort((a, b) => b.shared - a.shared || a.odd - b.odd || a.group - b.group);
}
