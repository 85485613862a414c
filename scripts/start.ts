import { loadEnvFile } from './stack/load-env-file.ts';
import { runStack } from './stack/supervisor.ts';

loadEnvFile();
// An exit at once: a stray timer or socket must not keep a stopped stack alive.
process.exit(await runStack('production'));
