import { runStack } from './stack/supervisor.ts';

// A clean exit at once: a stray timer or socket must not keep a stopped stack alive.
process.exit(await runStack('production'));
