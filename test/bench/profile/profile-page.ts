import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frameTree, hotFunctions, type Frame } from './cpu-profile.js';
import { flameGraph } from './flame-graph.js';
import { recordProfile } from './record-profile.js';

/** Functions in the printed list. */
const shown = 25;

/** `--profile`: writes the CPU profile and the flame graph of a row's candidate, and gives a page with its hottest functions. */
export async function profilePage(root: string, id: string): Promise<string> {
  const folder = await profileFolder(root, id);
  const raw = await mkdtemp(join(folder, 'raw-'));
  const profile = await recordProfile(id, raw);
  await rm(raw, { recursive: true });
  const tree = frameTree(profile);
  await writeFile(join(folder, 'profile.cpuprofile'), JSON.stringify(profile));
  await writeFile(join(folder, 'flame.svg'), flameGraph(tree, id));
  return `${hotList(tree)}\n\nprofile and flame graph: ${folder}`;
}

/** The hottest functions of a tree: the share of each alone, with what it calls, and its name. */
export function hotList(tree: Frame): string {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`.padStart(7);
  const lines = hotFunctions(tree)
    .slice(0, shown)
    .map(({ self, total, name, origin }) => `${percent(self)}  ${percent(total)}  ${name}  ${origin}`.trimEnd());
  return ['  itself    total  function', ...lines].join('\n');
}

/** A new folder below `.bench`. */
async function profileFolder(root: string, id: string): Promise<string> {
  const folder = join(root, '.bench', `${id}-${new Date().toISOString().replaceAll(/[:.]/gu, '-')}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
