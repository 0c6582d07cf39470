/** A CPU profile as V8 writes it (`.cpuprofile`); times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Id of the node that was running at each sample. */
  readonly samples: readonly number[];
  /** Time since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A function in the stack of calls, with the time of itself and of what it called, in microseconds. */
export interface Frame {
  readonly name: string;
  /** Where it is from: `internal` for Node's own modules, a file name for others, empty for native code. */
  readonly origin: string;
  readonly self: number;
  readonly total: number;
  readonly children: readonly Frame[];
}

/** Nodes of V8 that stand for no work. */
const idleNames = new Set(['(idle)']);

/** The stacks of a profile as one tree, greatest part first. The time in which nothing ran is left out. */
export function frameTree(profile: CpuProfile): Frame {
  const selfTimes = new Map<number, number>();
  profile.samples.forEach((id, index) => {
    // A delta belongs to the sample at whose end it lies; clocks of several cores may make it negative.
    selfTimes.set(id, (selfTimes.get(id) ?? 0) + Math.max(0, profile.timeDeltas[index] ?? 0));
  });
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const build = (node: ProfileNode): Frame => {
    const below = (node.children ?? []).map((id) => nodes.get(id)).filter((child) => child !== undefined);
    const children = merged(below.filter(({ callFrame }) => !idleNames.has(callFrame.functionName)).map(build));
    const self = selfTimes.get(node.id) ?? 0;
    return { ...named(node), self, total: sum(children) + self, children };
  };
  const [root] = profile.nodes;
  if (root === undefined) throw new Error('the profile is empty');
  return build(root);
}

/** A function with its share of a profile's time. */
export interface HotFunction {
  readonly name: string;
  readonly origin: string;
  /** 0 to 1: of itself, and with what it called. */
  readonly self: number;
  readonly total: number;
}

/** Every function of a tree by the time of itself; one that calls itself is counted once. */
export function hotFunctions(root: Frame): HotFunction[] {
  const found = new Map<string, { name: string; origin: string; self: number; total: number }>();
  const visit = (frame: Frame, above: ReadonlySet<string>): void => {
    const key = keyOf(frame);
    const entry = found.get(key) ?? { name: frame.name, origin: frame.origin, self: 0, total: 0 };
    found.set(key, entry);
    entry.self += frame.self / root.total;
    if (!above.has(key)) entry.total += frame.total / root.total;
    const stack = new Set(above).add(key);
    for (const child of frame.children) visit(child, stack);
  };
  for (const child of root.children) visit(child, new Set());
  return [...found.values()].sort((a, b) => b.self - a.self);
}

function named({ callFrame: { functionName, url } }: ProfileNode): Pick<Frame, 'name' | 'origin'> {
  const origin = url.startsWith('node:') ? 'internal' : (url.split('/').at(-1) ?? '');
  return { name: functionName === '' ? '(anonymous)' : functionName, origin };
}

/** Frames of the same function become one, however V8 has split them. */
function merged(frames: readonly Frame[]): Frame[] {
  const groups = new Map<string, Frame[]>();
  for (const frame of frames) groups.set(keyOf(frame), [...(groups.get(keyOf(frame)) ?? []), frame]);
  return [...groups.values()].map(joined).sort((a, b) => b.total - a.total);
}

function joined(same: readonly Frame[]): Frame {
  const [first] = same;
  if (first === undefined || same.length === 1) return first as Frame;
  const self = same.reduce((time, frame) => time + frame.self, 0);
  const children = merged(same.flatMap((frame) => frame.children));
  return { ...first, self, total: sum(children) + self, children };
}

function keyOf({ name, origin }: Frame): string {
  return `${name} ${origin}`;
}

function sum(frames: readonly Frame[]): number {
  return frames.reduce((time, { total }) => time + total, 0);
}
