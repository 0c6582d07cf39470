import { join } from 'node:path';
import { rtHome, type HomeSurroundings } from '../config/rt-home.js';

/** Where the local platform keeps things. All paths are absolute. */
export interface PlatformPaths {
  /** `RT_HOME`. */
  readonly home: string;
  /** What lives as long as the process: state, lock, boxes, log. */
  readonly run: string;
  readonly state: string;
  readonly lock: string;
  readonly log: string;
  /** Times of crashes by a bug (RS-152). */
  readonly crashes: string;
  readonly boxes: string;
  /** What compilers have made of sources; may be removed when no platform runs. */
  readonly builds: string;
  /** The control socket. */
  readonly socket: string;
  /** Folder of the control socket when that is not `run`: a private one of ours (RS-248). */
  readonly socketFolder?: string;
  /** What survives, unless `--data-dir` says otherwise. */
  readonly data: string;
  /** Names this RT_HOME in the environment of processes that its platform starts (RS-143). */
  readonly mark: string;
}

/** What decides about the paths. */
export interface PathSurroundings extends HomeSurroundings {
  /** Folder for temporary files. */
  readonly temporary: string;
  /** Number of the user, where there are numbers. */
  readonly user: number | undefined;
  /** Absolute path of the working directory: a relative RT_HOME starts there. */
  readonly cwd: string;
}

/** Longest path that every system takes for a socket, in bytes; Node binds a silently shortened name beyond (RS-248). */
const maxSocketPath = 100;

/** The paths of the platform of an RT_HOME. */
export function platformPaths(around: PathSurroundings): PlatformPaths {
  const home = absolute(rtHome(around), around.cwd);
  const run = join(home, 'run');
  const mark = digestOf(run);
  return {
    home,
    run,
    state: join(run, 'state.json'),
    lock: join(run, 'lock'),
    log: join(run, 'platform.log'),
    crashes: join(run, 'crashes'),
    boxes: join(run, 'boxes'),
    builds: join(home, 'cache', 'builds'),
    data: join(home, 'platform'),
    mark,
    ...socketPlace(run, mark, around),
  };
}

/**
 * 64 bits of a text in hexadecimal (FNV-1a). They tell the folders of one machine apart; nothing is kept secret by them, and loading Node's crypto
 * costs a command 3 ms (P-03).
 */
function digestOf(text: string): string {
  let digest = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
  return digest.toString(16).padStart(16, '0');
}

/** The socket lies in the run folder if its path is short enough, else where temporary files of this user lie. */
function socketPlace(
  run: string,
  mark: string,
  { env, temporary, user }: PathSurroundings,
): Pick<PlatformPaths, 'socket' | 'socketFolder'> {
  const own = join(run, 'control.sock');
  if (Buffer.byteLength(own) <= maxSocketPath) return { socket: own };
  const runtime = env.XDG_RUNTIME_DIR;
  const base = runtime !== undefined && runtime.startsWith('/') ? runtime : temporary;
  const folders = [base, '/tmp'].map((folder) => join(folder, `rt-${String(user ?? 0)}-${mark}`));
  const folder = folders.find((name) => Buffer.byteLength(join(name, 'control.sock')) <= maxSocketPath) ?? '';
  return { socket: join(folder, 'control.sock'), socketFolder: folder };
}

function absolute(path: string, cwd: string): string {
  return path.startsWith('/') ? path : join(cwd, path);
}
