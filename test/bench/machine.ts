import { arch, cpus, platform, release, totalmem } from 'node:os';

/** The machine in words, for a reader of the figures. */
export function machineInWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${String(processors.length)} × ${model}, ${String(memory)} GB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}`;
}
