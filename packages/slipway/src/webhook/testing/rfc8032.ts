import { createHash } from 'node:crypto';

/** Ed25519 as RFC 8032 writes it down, in plain arithmetic: it shares nothing with what signs. */
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);

/** X, Y, Z, T of extended coordinates. */
type Point = readonly [bigint, bigint, bigint, bigint];

const NOTHING: Point = [0n, 1n, 1n, 0n];
const BASE = decode(Buffer.from(`58${'66'.repeat(31)}`, 'hex'));

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

function fromBytes(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

function decode(bytes: Uint8Array): Point | null {
  const all = fromBytes(bytes);
  const sign = all >> 255n;
  const y = all & (2n ** 255n - 1n);
  if (bytes.length !== 32 || y >= P) return null;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * ROOT);
  if (mod(x * x) !== square || (x === 0n && sign === 1n)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(scalar: bigint, point: Point): Point {
  let result = NOTHING;
  let doubled = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
}

const same = ([x1, y1, z1]: Point, [x2, y2, z2]: Point) =>
  mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;

export function verifyEd25519(
  publicKey: Uint8Array,
  { message, signature }: { message: Uint8Array; signature: Uint8Array },
): boolean {
  const head = signature.subarray(0, 32);
  const key = decode(publicKey);
  const point = decode(head);
  const scalar = fromBytes(signature.subarray(32));
  if (BASE === null || key === null || point === null || scalar >= L) return false;
  const hash = createHash('sha512').update(head).update(publicKey).update(message).digest();
  return same(times(scalar, BASE), add(point, times(fromBytes(hash) % L, key)));
}
