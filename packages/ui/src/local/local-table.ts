/** A name that nothing else has; `randomUUID` is missing on plain HTTP. */
export function newLocalId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Rows that outlive the page, in a database of the browser. */
export class LocalTable<Row extends { id: string }> {
  readonly #name: string;
  #open: Promise<IDBDatabase> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async all(): Promise<Row[]> {
    return this.#run('readonly', (rows) => rows.getAll() as IDBRequest<Row[]>);
  }

  async put(...added: Row[]): Promise<void> {
    await this.#run('readwrite', (rows) => {
      for (const row of added) rows.put(row);
      return undefined;
    });
  }

  /** Changes a row that is still there; nobody else writes in between. */
  async change(id: string, change: (row: Row) => Row): Promise<void> {
    await this.#run('readwrite', (rows) => {
      const found = rows.get(id) as IDBRequest<Row | undefined>;
      found.onsuccess = () => found.result && rows.put(change(found.result));
      return undefined;
    });
  }

  async delete(...ids: string[]): Promise<void> {
    await this.#run('readwrite', (rows) => {
      for (const id of ids) rows.delete(id);
      return undefined;
    });
  }

  async clear(): Promise<void> {
    await this.#run('readwrite', (rows) => rows.clear());
  }

  /** What the request answered, once the whole transaction is written. */
  async #run<T>(
    mode: IDBTransactionMode,
    work: (rows: IDBObjectStore) => IDBRequest<T> | undefined,
  ): Promise<T> {
    this.#open ??= this.#connect();
    const database = await this.#open.catch((error: unknown) => {
      this.#open = undefined;
      throw error;
    });
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('rows', mode);
      const request = work(transaction.objectStore('rows'));
      transaction.oncomplete = () => resolve(request?.result as T);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('rows', { keyPath: 'id' });
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        // Whoever deletes the database (signing out in another tab) does not wait for this page.
        request.result.onversionchange = () => {
          request.result.close();
          this.#open = undefined;
        };
        resolve(request.result);
      };
    });
  }
}
