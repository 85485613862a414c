import type { Readable } from 'node:stream';

export interface ScanResult {
  verdict: 'clean' | 'infected';
  /** The name of what was found. */
  signature: string | null;
  /** SHA-256 (hex) of the very bytes that the scanner was given. */
  sha256: string;
  /** How many these were. */
  bytes: number;
}

export interface Engine {
  name: string;
  /** Whether another database would have given another name, so that its verdicts can be kept. */
  namesDatabase: boolean;
}

/** Something that looks for malware. Only its own answer makes a file "clean". */
export interface Scanner {
  /** Of larger files it would not see everything. */
  readonly maxBytes: number;
  /** Opens the bytes when it is their turn. Throws `ScannerError` when there is no answer; never guesses. */
  scan(open: () => Promise<Readable>): Promise<ScanResult>;
  /** The scanner and its database. Throws `ScannerError` when it does not answer. */
  engine(): Promise<Engine>;
}
