import { newLocalId } from './local-table.ts';

const prefix = 'tab:';

let own: string | undefined;

/** Whether this browser tells which pages are still open; without that nobody may take over what they left. */
export const canTellTabs = () => globalThis.navigator?.locks !== undefined;

/** The name of this page. Others see that it is open for as long as it is, also after a crash. */
export function thisTab(): string {
  if (own === undefined) {
    own = prefix + newLocalId();
    void navigator.locks.request(own, () => new Promise(() => undefined));
  }
  return own;
}

/** Does work that one page at a time may do, with the names of the pages that are open. */
export function amongTabs<T>(
  name: string,
  work: (open: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  return navigator.locks.request(name, async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    // Ours may be asked for still.
    const names = [...held, ...pending].map((lock) => lock.name ?? '');
    return work(new Set([thisTab(), ...names.filter((each) => each.startsWith(prefix))]));
  });
}
