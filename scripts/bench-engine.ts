import { benchEngine } from '../bench/engine/bench-engine.ts';

process.exit(await benchEngine(process.argv.slice(2)));
