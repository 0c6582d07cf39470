import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** `O_CLOEXEC` as /proc shows it. */
const closeOnExec = 0o2000000;

/**
 * Closes what the program that started this one has left open beside stdin, stdout, stderr and the launcher's link. Node marks only the first
 * sixteen descriptors so that children do not inherit them; actions must get none of the others either (RS-237). To be called before anything
 * else is opened; what this process has opened itself is marked. Gives the closed numbers; none where there is no /proc.
 */
export function closeInheritedDescriptors(lastKept: number): number[] {
  return inheritable()
    .filter((descriptor) => descriptor > lastKept)
    .filter((descriptor) => {
      try {
        closeSync(descriptor);
        return true;
      } catch {
        return false;
      }
    });
}

/** The descriptors that a child of this process would inherit. */
function inheritable(): number[] {
  try {
    const numbers = readdirSync('/proc/self/fdinfo').map(Number);
    return numbers.filter((number) => isInheritable(`/proc/self/fdinfo/${String(number)}`));
  } catch {
    return [];
  }
}

function isInheritable(file: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(file, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    return false;
  }
}
