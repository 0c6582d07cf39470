import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frameTree, hotFunctions, type Frame } from './cpu-profile.js';
import { flameGraph } from './flame-graph.js';
import { recordProfile } from './record-profile.js';
import { type StepTime, stepTimes } from './steps.js';
import { warmSteps } from './warm-steps.js';

/** Functions in the printed list. */
const shown = 25;

/** What a profile shows. */
export interface ProfilePage {
  readonly text: string;
  /** The steps of a warm request as a Markdown table; absent for other rows. */
  readonly steps?: string;
}

/** `--profile`: writes the CPU profile and the flame graph of a row's candidate, and gives its hottest functions and, of a warm row, the steps. */
export async function profilePage(root: string, id: string): Promise<ProfilePage> {
  const folder = await profileFolder(root, id);
  const raw = await mkdtemp(join(folder, 'raw-'));
  const { profile, requests } = await recordProfile(id, raw);
  await rm(raw, { recursive: true });
  const tree = frameTree(profile);
  await writeFile(join(folder, 'profile.cpuprofile'), JSON.stringify(profile));
  await writeFile(join(folder, 'flame.svg'), flameGraph(tree, id));
  const where = `profile and flame graph: ${folder}`;
  if (requests === undefined) return { text: `${hotList(tree)}\n\n${where}` };
  const steps = stepTable(stepTimes(tree, warmSteps, requests));
  return { text: `${hotList(tree)}\n\n${steps}\n\n${where}`, steps };
}

function stepTable(steps: readonly StepTime[]): string {
  const sum = steps.reduce((time, { perRequest }) => time + perRequest, 0);
  const lines = [...steps, { name: 'all', perRequest: sum, share: 1 }].map(
    ({ name, perRequest, share }) => `| ${name} | ${perRequest.toFixed(1)} | ${(share * 100).toFixed(0)} % |`,
  );
  return ['| step | µs a request | share |', '| --- | --- | --- |', ...lines].join('\n');
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
