import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

export interface PortWish {
  readonly host: string;
  readonly port: number;
  /** The variable that moves it. */
  readonly variable: string;
}

/** `patienceMs`: after a hard kill the former processes may need a moment to let go. */
export async function requireFreePort(wish: PortWish, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const code = await tryListen(wish.host, wish.port);
    if (code === undefined) return;
    if (code !== 'EADDRINUSE' || Date.now() > deadline) throw new Refusal(explain(code, wish));
    await sleep(200);
  }
}

function explain(code: string, { host, port, variable }: PortWish): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Stop what uses it, or set ${variable} to another port.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this user has. Set ${variable} to 1024 or more.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `HOST ${host} is not an address of this machine.`;
    default:
      return `Cannot listen on ${host}:${port} (${code}); see HOST and ${variable}.`;
  }
}

/** Undefined when free, else the system's code. */
function tryListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
