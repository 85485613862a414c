const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A name as the server gives them, for what it does not know yet: sent again, it is the same thing. */
export function newName(prefix: 'scn' | 'cmt'): string {
  return `${prefix}_${Array.from({ length: 22 }, randomLetter).join('')}`;
}

function randomLetter(): string {
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // So that every letter is equally likely.
    if (byte < 248) return ALPHABET[byte % ALPHABET.length] ?? '';
  }
}
