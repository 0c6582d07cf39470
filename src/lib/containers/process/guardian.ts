import { spawn, type ChildProcess } from 'node:child_process';
import { markVariable } from './marked-processes.js';

/**
 * Reads `+group` and `-group` lines. At end of file the platform has died: kill the groups that are left, then everything whose
 * environment carries the mark. `grep -l` finds the mark in all environments with one process.
 */
const script = `
trap '' HUP INT TERM
groups=' '
while read -r line; do
  group=\${line#?}
  case $line in
    quit) exit 0 ;;
    +*) groups="$groups$group " ;;
    -*) case $groups in *" $group "*) groups="\${groups%%" $group "*} \${groups#*" $group "}" ;; esac ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
round=0
while [ $round -lt 50 ]; do
  round=$((round + 1))
  files=$(grep -ls -- "$1" /proc/[0-9]*/environ)
  [ -n "$files" ] || exit 0
  for file in $files; do
    file=\${file#/proc/}
    kill -s KILL "\${file%/environ}" 2>/dev/null
  done
  sleep 0.1
done
`;

/**
 * A tiny process beside the platform that outlives a `kill -9` of it, and then ends what the containers have left running: a busy loop
 * does not notice that its link has closed (RS-143). It is started with the first container, and again should it ever be missing.
 */
export class Guardian {
  private readonly groups = new Set<number>();
  private shell: ChildProcess | undefined;

  /** `mark` is the part of the mark that all containers of this factory have in common. */
  constructor(private readonly mark: string) {}

  /** From now on this process group ends with the platform. */
  watch(group: number): void {
    this.groups.add(group);
    if (this.shell === undefined) this.start();
    else this.tell(`+${String(group)}`);
  }

  /** The group has ended; its number may come again. */
  forget(group: number): void {
    if (this.groups.delete(group)) this.tell(`-${String(group)}`);
  }

  /** Sends it home; call it when every container has ended. */
  async dismiss(): Promise<void> {
    const { shell } = this;
    if (shell === undefined) return;
    const ended = new Promise<void>((resolve) =>
      shell.once('close', () => {
        resolve();
      }),
    );
    shell.ref();
    this.tell('quit');
    shell.stdin?.end();
    await ended;
  }

  private start(): void {
    const shell = spawn('/bin/sh', ['-c', script, 'rt-guardian', `${markVariable}=${this.mark}`], {
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.shell = shell;
    shell.unref();
    const lost = (): void => {
      if (this.shell === shell) this.shell = undefined;
    };
    shell.once('error', lost);
    shell.once('exit', lost);
    shell.stdin.on('error', lost);
    for (const group of this.groups) this.tell(`+${String(group)}`);
  }

  private tell(line: string): void {
    this.shell?.stdin?.write(`${line}\n`);
  }
}
