import type { Readable } from 'node:stream';

export interface ScanResult {
  verdict: 'clean' | 'infected';
  /** The name of what was found. */
  signature: string | null;
  /** SHA-256 (hex) of the very bytes that the scanner was given. */
  sha256: string;
}

/** Something that looks for malware. Only its own answer makes a file "clean". */
export interface Scanner {
  /** Throws when there is no answer; never guesses. */
  scan(bytes: Readable): Promise<ScanResult>;
  /** Names the scanner and its database; another name means that verdicts have to be asked for again. */
  engine(): Promise<string>;
}
