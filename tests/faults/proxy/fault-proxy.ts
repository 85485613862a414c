import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type ExchangeRecord, watchExchanges } from './exchanges.ts';
import { openLane } from './lane.ts';
import type { FaultPlan } from './plan.ts';

export interface FaultProxyOptions {
  /** `http://host:port`; it need not speak HTTP. As a function it is asked for each connection. */
  readonly target: string | (() => string);
  readonly plan?: FaultPlan;
}

export interface ConnectionRecord {
  /** Bytes from the client that were passed on. */
  up: number;
  /** Bytes from the server that were passed on. */
  down: number;
  state: 'open' | 'closed' | 'cut' | 'blackhole';
}

export interface FaultProxy {
  /** Where clients connect instead. */
  readonly url: string;
  readonly connections: readonly ConnectionRecord[];
  /** Only where the plan asks for transfers. */
  readonly exchanges: readonly ExchangeRecord[];
  /** For connections and transfers from now on. */
  setPlan(plan: FaultPlan): void;
  /** Cuts all that is open now. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** Stands between a client and a server, and breaks what the plan says: cut, late, slow, mute, flipped. */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const nextTarget = () => {
    const { target } = options;
    const { hostname, port } = new URL(typeof target === 'string' ? target : target());
    return { host: hostname, port: Number(port) };
  };
  const connections: ConnectionRecord[] = [];
  const exchanges: ExchangeRecord[] = [];
  const open = new Set<() => void>();
  let plan = options.plan ?? {};

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const target = connect({ ...nextTarget(), allowHalfOpen: true, noDelay: true });
    const cut = join({ client, target, plan: () => plan, connections, exchanges });
    open.add(cut);
    client.once('close', () => open.delete(cut));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const cutAll = () => {
    for (const cut of open) cut();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    exchanges,
    setPlan: (next) => {
      plan = next;
    },
    cutAll,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
    },
  };
}

interface Pair {
  readonly client: Socket;
  readonly target: Socket;
  /** As it is now: connections live longer than plans. */
  readonly plan: () => FaultPlan;
  readonly connections: ConnectionRecord[];
  readonly exchanges: ExchangeRecord[];
}

/** Returns what cuts the connection. */
function join({ client, target, plan, connections, exchanges }: Pair): () => void {
  const connection = connections.length;
  const record: ConnectionRecord = { up: 0, down: 0, state: 'open' };
  connections.push(record);
  const fault = plan().connection?.(connection) ?? {};
  const watch =
    plan().transfer &&
    watchExchanges({
      connection,
      transfer: (transfer) => plan().transfer?.(transfer),
      records: exchanges,
    });

  const reset = () => {
    for (const socket of [client, target]) socket.resetAndDestroy();
  };
  const lane = (direction: 'up' | 'down') =>
    openLane({
      direction,
      from: direction === 'up' ? client : target,
      to: direction === 'up' ? target : client,
      fault,
      inspect: (chunk) => watch?.inspect(direction, chunk) ?? Number.POSITIVE_INFINITY,
      onForwarded: (bytes) => {
        record[direction] += bytes;
      },
      onCut() {
        record.state = 'cut';
        reset();
      },
      onBlackhole() {
        record.state = 'blackhole';
        for (const one of lanes) one.freeze();
      },
    });
  const lanes = [lane('up'), lane('down')];
  // Bytes for a server that is not there must not count as sent.
  client.pause();
  target.once('connect', () => client.resume());

  const pass = (other: Socket) => (hadError: boolean) => {
    if (record.state === 'blackhole') return;
    if (record.state === 'open') record.state = 'closed';
    if (hadError) other.resetAndDestroy();
    else other.destroySoon();
  };
  for (const [socket, other] of [
    [client, target],
    [target, client],
  ] as const) {
    // What 'close' tells is all that matters; without a listener it would end the process.
    socket.on('error', () => undefined);
    socket.on('close', pass(other));
  }
  return () => {
    if (record.state !== 'blackhole') record.state = 'cut';
    reset();
  };
}
