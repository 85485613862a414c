/** A reason not to start that a person can act on: shown as it is, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** One line for anything that was thrown. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
