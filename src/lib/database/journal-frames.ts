import type { ActivationEntry, OpenActivation } from './activation-store.js';

/** One thing that the activation store was told. */
export type ActivationWrite = { readonly put: ActivationEntry } | { readonly accept: OpenActivation };

/** What is left of a journal after its owner died. */
export interface FoundFrames {
  readonly writes: readonly ActivationWrite[];
  /** Bytes of the complete frames; what follows them was being written when the end came. */
  readonly length: number;
}

/** What all frames of the same open activations share, by its text: said whole once in a file, and then by its number. */
export type SharedTemplates = Map<string, SharedTemplate>;

/** The columns and the template of open activations, and the number under which a file knows them. */
interface SharedTemplate extends Omit<OpenActivation, 'activationId' | 'start'> {
  readonly number: number;
}

type WholeHead = readonly [
  kind: 'put' | 'accept',
  activationId: string,
  namespace: string,
  name: string,
  inPackage: string,
  start: number,
  /** `put`: where the first text ends, in UTF-16 units as `String.length` counts. `accept`: the number of its template. */
  number: number,
];

/** An open activation whose template stands in an earlier frame; of several with its number in the last. */
type RepeatedHead = readonly [kind: 'again', activationId: string, start: number, number: number];

/** The length of a frame stands before it in so many bytes, the lowest first. */
const prefix = 4;

/** Most bytes of UTF-8 for one unit of a string. */
const bytesPerUnit = 3;

/**
 * Writes frames behind each other into `scratch`, or into a new buffer where that is too small; gives the bytes. A frame is a line that says
 * what it is about, and then the texts as they are: nothing is encoded a second time (performance: P-2A). `shared` is what the file knows
 * already, and grows.
 */
export function encodeFrames(writes: readonly ActivationWrite[], scratch: Buffer, shared: SharedTemplates): Buffer {
  const parts = writes.map((write) => ('put' in write ? partsOfEnded(write.put) : partsOfOpen(write.accept, shared)));
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
  const templates = new Map<number, SharedTemplate>();
  let length = 0;
  while (length + prefix <= bytes.length) {
    const start = length + prefix;
    const end = start + bytes.readUInt32LE(length);
    const write = end <= bytes.length ? decodeFrame(bytes.subarray(start, end), templates) : undefined;
    if (write === undefined) break;
    writes.push(write);
    length = end;
  }
  return { writes, length };
}

function partsOfEnded(entry: ActivationEntry): readonly string[] {
  return [headOf('put', entry, entry.record.length), entry.record, entry.summary];
}

function partsOfOpen(open: OpenActivation, shared: SharedTemplates): readonly string[] {
  const { activationId, start, template } = open;
  const known = shared.get(template);
  if (known !== undefined && isAbout(known, open)) {
    const head: RepeatedHead = ['again', activationId, start, known.number];
    return [`${JSON.stringify(head)}\n`];
  }
  const { namespace, name, package: inPackage } = open;
  const number = known?.number ?? shared.size;
  shared.set(template, { number, namespace, name, package: inPackage, template });
  return [headOf('accept', open, number), template];
}

function isAbout(known: SharedTemplate, open: OpenActivation): boolean {
  return known.namespace === open.namespace && known.name === open.name && known.package === open.package;
}

function headOf(kind: WholeHead[0], about: Omit<OpenActivation, 'template'>, number: number): string {
  const { activationId, namespace, name, package: inPackage, start } = about;
  const head: WholeHead = [kind, activationId, namespace, name, inPackage, start, number];
  return `${JSON.stringify(head)}\n`;
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function decodeFrame(bytes: Buffer, templates: Map<number, SharedTemplate>): ActivationWrite | undefined {
  const endOfHead = bytes.indexOf('\n');
  if (endOfHead === -1 || bytes.includes(0)) return undefined;
  const head = parseHead(bytes.toString('utf8', 0, endOfHead));
  if (head === undefined) return undefined;
  if (isRepeated(head)) return decodeRepeated(head, templates);
  const [kind, activationId, namespace, name, inPackage, start, number] = head;
  const texts = bytes.toString('utf8', endOfHead + 1);
  const about = { namespace, name, package: inPackage };
  if (kind === 'accept') {
    templates.set(number, { ...about, template: texts, number });
    return { accept: { activationId, ...about, start, template: texts } };
  }
  return { put: { activationId, ...about, start, record: texts.slice(0, number), summary: texts.slice(number) } };
}

function decodeRepeated(
  [, activationId, start, number]: RepeatedHead,
  templates: ReadonlyMap<number, SharedTemplate>,
): ActivationWrite | undefined {
  const shared = templates.get(number);
  if (shared === undefined) return undefined;
  const { namespace, name, package: inPackage, template } = shared;
  return { accept: { activationId, namespace, name, package: inPackage, start, template } };
}

function isRepeated(head: WholeHead | RepeatedHead): head is RepeatedHead {
  return head[0] === 'again';
}

function parseHead(text: string): WholeHead | RepeatedHead | undefined {
  try {
    const head: unknown = JSON.parse(text);
    if (!Array.isArray(head)) return undefined;
    return head.length === (head[0] === 'again' ? 4 : 7) ? (head as unknown as WholeHead | RepeatedHead) : undefined;
  } catch {
    return undefined;
  }
}
