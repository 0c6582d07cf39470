import { ArchiveError, outsideError } from './archive-error.js';
import type { ArchiveEntry } from './archive-entry.js';

/** What is to be written, in order: folders before what lies in them, links last. Paths are relative and inside. */
export interface UnpackPlan {
  readonly folders: readonly string[];
  readonly files: readonly PlannedFile[];
  readonly links: readonly PlannedLink[];
}

export interface PlannedFile {
  readonly path: string;
  readonly mode: number;
  readonly read: () => Promise<Buffer>;
}

interface PlannedLink {
  readonly path: string;
  readonly target: string;
}

const deviceName = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;
const maxLinkHops = 40;

/**
 * Checks the whole list of entries before anything is written: names and links that leave the folder, writing through links, hard links,
 * special files, duplicates (RS-221). Throws ArchiveError.
 */
export function planUnpacking(entries: readonly ArchiveEntry[]): UnpackPlan {
  const types = new Map<string, ArchiveEntry['type']>();
  const links = new Map<string, PlannedLink>();
  const files: PlannedFile[] = [];
  for (const entry of entries) {
    const path = checkName(entry.name);
    if (path === '') continue;
    checkType(entry);
    register(types, path, entry);
    if (entry.type === 'link') links.set(path, { path, target: entry.target ?? '' });
    if (entry.type === 'file') files.push({ path, mode: (entry.mode ?? 0o644) | 0o600, read: entry.read.bind(entry) });
  }
  checkSpellings(types);
  for (const link of links.values()) resolveLink(link, links);
  const folders = [...types].filter(([, type]) => type === 'folder').map(([path]) => path);
  return { folders: folders.sort(), files, links: [...links.values()] };
}

/** The name as a plain relative path; empty for the folder itself. */
function checkName(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const leaves = name.startsWith('/') || /[\\\0]/.test(name) || /^[a-z]:/i.test(name) || parts.includes('..');
  if (leaves || name === '' || parts.some((part) => deviceName.test(part))) throw outsideError(name);
  return parts.join('/');
}

function checkType({ name, type, target }: ArchiveEntry): void {
  if (type === 'hard link') throw outsideError(name);
  if (type === 'special file') throw new ArchiveError('refused', `archive entry "${name}" is a special file`);
  if (type === 'link' && (target === undefined || target === '' || /[\\\0]/.test(target))) throw outsideError(name);
}

function register(types: Map<string, ArchiveEntry['type']>, path: string, { name, type }: ArchiveEntry): void {
  const before = types.get(path);
  if (before !== undefined && !(before === 'folder' && type === 'folder')) {
    throw new ArchiveError('refused', `archive entry "${name}" occurs more than once`);
  }
  types.set(path, type);
  for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) {
    const parentType = types.get(parent);
    if (parentType === undefined) types.set(parent, 'folder');
    // A link or a file in place of the folder: the entry would be written somewhere else.
    else if (parentType !== 'folder') throw outsideError(name);
  }
}

/** Names that differ only in case are one file on some systems. */
function checkSpellings(types: Map<string, ArchiveEntry['type']>): void {
  const seen = new Map<string, string>();
  for (const path of types.keys()) {
    const folded = path.normalize('NFC').toLowerCase();
    if (seen.has(folded)) {
      const text = `archive entries "${seen.get(folded) ?? ''}" and "${path}" differ only in the case of letters`;
      throw new ArchiveError('refused', text);
    }
    seen.set(folded, path);
  }
}

/** Walks a link as the system would, through other links of the archive; throws when the way leads outside. */
function resolveLink(link: PlannedLink, links: ReadonlyMap<string, PlannedLink>): void {
  if (link.target.startsWith('/') || /^[a-z]:/i.test(link.target)) throw outsideError(link.path);
  const todo = link.target.split('/').reverse();
  const at = link.path.split('/').slice(0, -1);
  for (let hops = 0; todo.length > 0;) {
    const part = todo.pop() ?? '';
    if (part === '' || part === '.') continue;
    if (part !== '..') {
      at.push(part);
      const next = links.get(at.join('/'));
      if (next === undefined) continue;
      hops += 1;
      if (hops > maxLinkHops || next.target.startsWith('/')) throw outsideError(link.path);
      at.pop();
      todo.push(...next.target.split('/').reverse());
    } else if (at.pop() === undefined) {
      throw outsideError(link.path);
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
