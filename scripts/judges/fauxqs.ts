import { ACCESS, type Judge, type RunningJudge } from './judge.ts';
import { freePort, serverOf, startProgram, temporaryFolder } from './program.ts';

/** From npm, always there. It checks no signature and no condition: what a careless server looks like. */
export const fauxqs: Judge = {
  name: 'fauxqs',
  version: '2.4.1',
  prepare: async () => ({ start }),
};

async function start(): Promise<RunningJudge> {
  const folder = temporaryFolder('fauxqs');
  const port = await freePort();
  const script = `await (await import('fauxqs')).startFauxqs({ port: ${port}, host: '127.0.0.1', logger: false })`;
  const server = startProgram({
    program: process.execPath,
    args: ['--input-type=module', '--eval', script],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { ...ACCESS, ...(await serverOf({ endpoint, folder, programs: [server] })) };
}
