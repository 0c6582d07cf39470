import { access, cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../build/build-error.js';
import { isProgram } from '../program-file.js';
import type { BuildJob, LoopLanguage } from './language.js';

const launcherFile = 'rust/launcher.rs';

/** The crates that the official image brings; an archive may name others (action-interface.md §3.7). */
const dependencies = 'serde = "1"\nserde_derive = "1"\nserde_json = "1"\n';

const missingCrates =
  'the crates serde, serde_derive and serde_json are not in the cache of cargo, and nothing is downloaded for an action; fetch them once ' +
  'with: cargo init fetch && cd fetch && cargo add serde serde_derive serde_json && cargo fetch';

const actionManifest = `[package]\nname = "actions"\nversion = "0.1.0"\nedition = "2018"\n\n[dependencies]\n${dependencies}`;
const launcherManifest = `[package]
name = "action_loop"
version = "0.1.0"
edition = "2018"

[dependencies]
serde_json = "1"
actions = { path = "actions" }

[profile.release]
opt-level = 2
`;

/** Rust: the crate `actions` and our launcher become one program; nothing is downloaded (action-interface.md §3.7). */
export const rust: LoopLanguage = {
  family: 'rust',
  interpreter: (interpreters, kind) =>
    interpreters.plain(kind, { program: 'cargo', package: 'cargo' }, async (program) => {
      const home = interpreters.variable('CARGO_HOME') ?? join(interpreters.variable('HOME') ?? '/', '.cargo');
      return (await hasCrates(home)) ? { program, detail: `cargo: ${program}` } : { missing: missingCrates };
    }),
  source: { file: () => 'exec', aliases: [] },
  initErrors: 'returned',
  host: { type: 'program', acknowledges: true },
  build: {
    key: async ({ program }, launchers) => [program, await readFile(join(launchers, launcherFile), 'utf8')],
    needed: async (folder) => !(await isProgram(join(folder, 'exec'))),
    exclusive: true,
    run: build,
  },
};

/** Whether cargo has downloaded `serde_json` before; what it needs came with it. */
async function hasCrates(cargoHome: string): Promise<boolean> {
  const cache = join(cargoHome, 'registry', 'cache');
  const registries = await readdir(cache).catch(() => []);
  const crates = await Promise.all(registries.map((registry) => readdir(join(cache, registry)).catch(() => [])));
  return crates.flat().some((name) => name.startsWith('serde_json-1.'));
}

async function build({ request, interpreter, source, result, shared, launchers, tools }: BuildJob): Promise<void> {
  const workspace = join(shared, 'workspace');
  const crate = join(workspace, 'actions');
  await tools.remove(workspace);
  await mkdir(join(workspace, 'src'), { recursive: true });
  await cp(source, crate, { recursive: true });
  if (await exists(join(crate, 'exec'))) {
    await mkdir(join(crate, 'src'), { recursive: true });
    await rename(join(crate, 'exec'), join(crate, 'src', 'lib.rs'));
    await writeFile(join(crate, 'Cargo.toml'), actionManifest);
  }
  if (!/^[A-Za-z_]\w*$/.test(request.main)) throw new BuildError(`'${request.main}' is not the name of a function`);
  const launcher = await readFile(join(launchers, launcherFile), 'utf8');
  await writeFile(join(workspace, 'src', 'main.rs'), launcher.replace('RT_MAIN', request.main));
  await writeFile(join(workspace, 'Cargo.toml'), launcherManifest);
  const home = tools.variable('HOME') ?? shared;
  const target = join(shared, 'target');
  await tools
    .run({
      program: interpreter.program,
      args: ['build', '--offline', '--release', '--quiet'],
      cwd: workspace,
      environment: {
        CARGO_HOME: tools.variable('CARGO_HOME') ?? join(home, '.cargo'),
        RUSTUP_HOME: tools.variable('RUSTUP_HOME') ?? join(home, '.rustup'),
        CARGO_TARGET_DIR: target,
      },
    })
    .catch((error: unknown) => {
      throw error instanceof BuildError ? explained(error, join(workspace, 'Cargo.toml')) : error;
    });
  await cp(join(target, 'release', 'action_loop'), join(result, 'exec'));
}

/** Nothing is downloaded at init; how the crates get there is said. */
function explained(error: BuildError, manifest: string): BuildError {
  if (!/no matching package|offline|failed to (download|load source)/.test(error.message)) return error;
  return new BuildError(
    `${error.message}\ncrates are missing; fetch them once with: cargo fetch --manifest-path ${manifest}`,
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
