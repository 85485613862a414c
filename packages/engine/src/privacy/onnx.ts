import { EngineError } from '../errors.ts';

/** A convolution of an ONNX file. */
export type Convolution = {
  /** Output channels, input channels of a group, rows, columns. */
  readonly shape: readonly number[];
  readonly weights: Float32Array;
  /** `null`: none. */
  readonly bias: Float32Array | null;
  readonly stride: number;
};

/** Field numbers of onnx.proto3. */
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { input: 1, type: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, integers: 8 } as const;
const TENSOR = { dims: 1, type: 2, floats: 4, name: 8, raw: 9 } as const;
const FLOAT = 1;

/**
 * Reads the convolutions of an ONNX file in the order of its graph; for networks that are a chain of
 * known form this is all there is to know.
 * @throws EngineError `internal` for anything else than a file with float weights
 */
export function readConvolutions(file: Uint8Array): Convolution[] {
  const graph = readMessage(bytesOf(readMessage(file), MODEL_GRAPH)[0]);
  const tensors = new Map(
    bytesOf(graph, GRAPH.initializer).map((bytes) => {
      const tensor = readMessage(bytes);
      return [textOf(tensor, TENSOR.name), tensor] as const;
    }),
  );
  return bytesOf(graph, GRAPH.node)
    .map(readMessage)
    .filter((node) => textOf(node, NODE.type) === 'Conv')
    .map((node) => {
      const [, weights, bias] = bytesOf(node, NODE.input).map((bytes) =>
        tensors.get(decode(bytes)),
      );
      if (weights === undefined) throw unreadable();
      return {
        shape: integersOf(weights, TENSOR.dims),
        weights: floatsOf(weights),
        bias: bias === undefined ? null : floatsOf(bias),
        stride: strideOf(node),
      };
    });
}

/** Values by field number; what is packed stays bytes. */
type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** Protocol Buffers wire format: a varint key, then a varint, 8, n or 4 bytes. */
function readMessage(bytes: Uint8Array | undefined): Message {
  if (bytes === undefined) throw unreadable();
  const fields = new Map<number, (number | Uint8Array)[]>();
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    const key = readVarint(reader);
    const values = fields.get(key >>> 3) ?? [];
    fields.set(key >>> 3, values);
    values.push(readValue(reader, key & 7));
  }
  return fields;
}

type Reader = { readonly bytes: Uint8Array; at: number };

function readValue(reader: Reader, wireType: number): number | Uint8Array {
  if (wireType === 0) return readVarint(reader);
  const length = wireType === 2 ? readVarint(reader) : wireType === 5 ? 4 : 8;
  const value = reader.bytes.subarray(reader.at, reader.at + length);
  if (value.length < length) throw unreadable();
  reader.at += length;
  return value;
}

/** Numbers beyond 2^53 do not occur in what is read here. */
function readVarint(reader: Reader): number {
  let [value, factor] = [0, 1];
  for (;;) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw unreadable();
    value += (byte & 127) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}

function bytesOf(message: Message, field: number): Uint8Array[] {
  return (message.get(field) ?? []).filter((value) => value instanceof Uint8Array);
}

function textOf(message: Message, field: number): string {
  const [bytes] = bytesOf(message, field);
  return bytes === undefined ? '' : decode(bytes);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function integersOf(message: Message, field: number): number[] {
  return (message.get(field) ?? []).flatMap((value) => {
    if (typeof value === 'number') return [value];
    const reader = { bytes: value, at: 0 };
    const unpacked: number[] = [];
    while (reader.at < value.length) unpacked.push(readVarint(reader));
    return unpacked;
  });
}

function floatsOf(tensor: Message): Float32Array {
  const [raw] = [...bytesOf(tensor, TENSOR.raw), ...bytesOf(tensor, TENSOR.floats)];
  const count = integersOf(tensor, TENSOR.dims).reduce((product, size) => product * size, 1);
  if (integersOf(tensor, TENSOR.type)[0] !== FLOAT || raw?.length !== count * 4) throw unreadable();
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4, true));
}

function strideOf(node: Message): number {
  const strides = bytesOf(node, NODE.attribute)
    .map(readMessage)
    .find((attribute) => textOf(attribute, ATTRIBUTE.name) === 'strides');
  return strides === undefined ? 1 : (integersOf(strides, ATTRIBUTE.integers)[0] ?? 1);
}

function unreadable(): EngineError {
  return new EngineError('internal', 'The file with the model that finds faces is damaged.');
}
