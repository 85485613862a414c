import { bench } from '../bench/bench.ts';

process.exit(await bench(process.argv.slice(2)));
