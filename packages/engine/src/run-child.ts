import type { AnswerTo, EngineRequest } from './child-protocol.ts';
import { askChild, cancelled, EngineChild, type RunLimits } from './engine-child.ts';

/**
 * Runs one request in a process of its own and waits for its answer. Whatever happens in there, a
 * crash, a runaway loop, memory without end, arrives here as an EngineError.
 * @throws EngineError what the engine refused, or `timed_out`, `out_of_memory`, `crashed`, `cancelled`
 */
export async function runEngineChild<R extends EngineRequest>(
  request: R,
  limits: RunLimits = {},
): Promise<AnswerTo<R>> {
  if (limits.signal?.aborted) throw cancelled();
  return await askChild(new EngineChild(limits.maxOldSpaceMb), request, limits);
}
