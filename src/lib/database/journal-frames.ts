import type { ActivationEntry, OpenActivation } from './activation-store.js';

/** One thing that the activation store was told. */
export type ActivationWrite = { readonly put: ActivationEntry } | { readonly accept: OpenActivation };

/** What is left of a journal after its owner died. */
export interface FoundFrames {
  readonly writes: readonly ActivationWrite[];
  /** Bytes of the complete frames; what follows them was being written when the end came. */
  readonly length: number;
}

type Head = readonly [
  kind: 'put' | 'accept',
  activationId: string,
  namespace: string,
  name: string,
  inPackage: string,
  start: number,
  /** Where the first text ends, in UTF-16 units as `String.length` counts. */
  textLength: number,
];

/** The length of a frame stands before it in so many bytes, the lowest first. */
const prefix = 4;

/** Most bytes of UTF-8 for one unit of a string. */
const bytesPerUnit = 3;

/**
 * Writes frames behind each other into `scratch`, or into a new buffer where that is too small; gives the bytes. A frame is a line that says
 * what it is about, and then the texts as they are: nothing is encoded a second time (performance: P-2A).
 */
export function encodeFrames(writes: readonly ActivationWrite[], scratch: Buffer): Buffer {
  const parts = writes.map(partsOf);
  const most = parts.reduce((sum, part) => sum + prefix + bytesPerUnit * lengthOf(part), 0);
  const target = most <= scratch.length ? scratch : Buffer.allocUnsafe(most);
  let end = 0;
  for (const part of parts) {
    const start = end + prefix;
    let position = start;
    for (const text of part) position += target.write(text, position);
    target.writeUInt32LE(position - start, end);
    end = position;
  }
  return target.subarray(0, end);
}

/** Reads frames up to the first that is not complete. A place that was never written is zeros, which no JSON text contains. */
export function decodeFrames(bytes: Buffer): FoundFrames {
  const writes: ActivationWrite[] = [];
  let length = 0;
  while (length + prefix <= bytes.length) {
    const start = length + prefix;
    const end = start + bytes.readUInt32LE(length);
    const write = end <= bytes.length ? decodeFrame(bytes.subarray(start, end)) : undefined;
    if (write === undefined) break;
    writes.push(write);
    length = end;
  }
  return { writes, length };
}

function partsOf(write: ActivationWrite): readonly string[] {
  if ('put' in write) return [headOf('put', write.put, write.put.record), write.put.record, write.put.summary];
  return [headOf('accept', write.accept, write.accept.template), write.accept.template];
}

function headOf(kind: Head[0], about: Omit<OpenActivation, 'template'>, text: string): string {
  const { activationId, namespace, name, package: inPackage, start } = about;
  const head: Head = [kind, activationId, namespace, name, inPackage, start, text.length];
  return `${JSON.stringify(head)}\n`;
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function decodeFrame(bytes: Buffer): ActivationWrite | undefined {
  const endOfHead = bytes.indexOf('\n');
  if (endOfHead === -1 || bytes.includes(0)) return undefined;
  const head = parseHead(bytes.toString('utf8', 0, endOfHead));
  if (head === undefined) return undefined;
  const [kind, activationId, namespace, name, inPackage, start, textLength] = head;
  const texts = bytes.toString('utf8', endOfHead + 1);
  const text = texts.slice(0, textLength);
  const about = { activationId, namespace, name, package: inPackage, start };
  if (kind === 'accept') return { accept: { ...about, template: text } };
  return { put: { ...about, record: text, summary: texts.slice(textLength) } };
}

function parseHead(text: string): Head | undefined {
  try {
    const head: unknown = JSON.parse(text);
    return Array.isArray(head) && head.length === 7 ? (head as unknown as Head) : undefined;
  } catch {
    return undefined;
  }
}
