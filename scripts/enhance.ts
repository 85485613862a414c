// The engine's own command; here so that it finds its packages and kernels like every other one.
import '../packages/engine/src/cli.ts';
