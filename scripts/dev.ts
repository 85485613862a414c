import { runStack } from './stack/supervisor.ts';

process.exit(await runStack('development'));
