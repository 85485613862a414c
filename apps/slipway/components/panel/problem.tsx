'use client';

import { Problem as SharedProblem } from '@repo/ui/panel/problem';
import { describeError } from '../../lib/trpc.ts';

type Props = {
  query: { error: unknown; isFetching: boolean; refetch: () => unknown };
  /** What was to be shown, as the beginning of a sentence: “The keys”. */
  what: string;
  className?: string | undefined;
};

/** In place of what could not be loaded: why, and how to go on. */
export function Problem(props: Props) {
  return <SharedProblem {...props} describeError={describeError} />;
}
