import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseImage, openTestEngine } from './docker-driver.js';

const listen = (body: string, delay = 0): string =>
  `setTimeout(() => require('http').createServer((q, s) => { q.resume(); q.on('end', () => { ${body} }) }).listen(8080), ${String(delay)})`;

/** Programs of images that do not behave, by name. */
const programs = {
  'never-listens': 'setInterval(() => {}, 1000)',
  'listens-late': listen(`s.end('{"ok":true}')`, 1500),
  'answers-nonsense': listen(`s.end('<html>' + q.url)`),
  'dies-in-init': listen(`console.log('farewell'); setTimeout(() => process.exit(7), 50)`),
  'dies-in-run': listen(`if (q.url === '/run') process.exit(9); s.end('{}')`),
  'never-answers': listen('console.log(q.url)'),
  'cuts-connections': listen('q.socket.destroy()'),
  'shuts-down': listen(`s.writeHead(503).end('{}')`),
  'writes-no-sentinels': listen(`console.log('at ' + q.url); s.end('{"a":1}')`),
  'one-sentinel-only': listen(
    `console.log('half'); console.log('XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX'); s.end('{"a":1}')`,
  ),
  'answers-in-chunks': listen(`s.write('{"a":'); s.write('1}'); s.end()`),
} as const;

export type HostileImage = keyof typeof programs | 'no-such-command';

/** Name of such an image. */
export function hostileImage(name: HostileImage): string {
  return `rt-test/hostile-${name}:${String(process.pid)}`;
}

/** Makes all of them from the base image; gives what removes them. */
export async function buildHostileImages(): Promise<() => Promise<void>> {
  const engine = await openTestEngine();
  const names: string[] = [];
  const build = async (
    name: HostileImage,
    lines: readonly string[],
    files: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'rt-hostile-'));
    const all = { ...files, Dockerfile: [`FROM ${baseImage}`, ...lines, ''].join('\n') };
    for (const [file, text] of Object.entries(all)) await writeFile(join(folder, file), text);
    await engine.build({ folder, files: Object.keys(all), name: hostileImage(name) });
    names.push(hostileImage(name));
    await rm(folder, { recursive: true });
  };
  for (const [name, program] of Object.entries(programs) as [keyof typeof programs, string][]) {
    await build(name, ['COPY main.cjs /main.cjs', 'CMD ["node", "/main.cjs"]'], { 'main.cjs': program });
  }
  await build('no-such-command', ['CMD ["/no/such/command"]'], {});
  return async () => {
    for (const name of names) await engine.removeImage(name);
  };
}
