import { referenceScript } from '@repo/ui/docs/reference-script';

/** Read once, at build time; afterwards a static answer of our own origin. */
export const dynamic = 'force-static';

export const GET = referenceScript;
