import { EngineError } from '../errors.ts';

/** Address 0 means "none" to kernels, so the first page stays unused. */
const PAGE = 65_536;
const MAX_PAGES = 65_536;
const ALIGNMENT = 64;

/**
 * The memory that all threads and kernels share. Blocks are taken one behind the other and given back
 * all at once: what a photo needs is known before its first pixel.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
  #end = PAGE;

  /** Address of a new block. @throws EngineError `out_of_memory` beyond 4 GiB or what the system gives */
  take(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / PAGE));
    return address;
  }

  /** Gives back every block taken after `mark`, an address that `take` returned. */
  release(mark: number): void {
    this.#end = mark;
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  int16(address: number, length: number): Int16Array {
    return new Int16Array(this.memory.buffer, address, length);
  }

  uint16(address: number, length: number): Uint16Array {
    return new Uint16Array(this.memory.buffer, address, length);
  }

  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new EngineError(
        'out_of_memory',
        'The exposures need more memory than is available. Fewer or smaller exposures would help.',
        { cause },
      );
    }
  }
}
