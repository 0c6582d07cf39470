import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextFile } from '../../config/private-file.js';
import { completionScripts } from './scripts.js';
import type { CompletionShell } from './shown-candidates.js';

/** Where a shell reads its configuration. */
export interface ShellSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** What installing the completion changes. */
export interface CompletionInstallation {
  readonly path: string;
  /** Whether the whole file is ours; otherwise lines are added to the user's. */
  readonly whole: boolean;
  readonly text: string;
  /** Whether the file has it already. */
  readonly present: boolean;
}

const lines: Readonly<Record<Exclude<CompletionShell, 'fish'>, string>> = {
  bash: 'command -v rt >/dev/null && eval "$(rt completion bash)"',
  zsh: 'command -v rt >/dev/null && eval "$(rt completion zsh)"',
  powershell: 'if (Get-Command rt -ErrorAction Ignore) { rt completion powershell | Out-String | Invoke-Expression }',
};

function configuration(shell: CompletionShell, { env, home, platform }: ShellSurroundings): string {
  const config = env.XDG_CONFIG_HOME ?? join(home, '.config');
  switch (shell) {
    case 'bash':
      return join(home, '.bashrc');
    case 'zsh':
      return join(env.ZDOTDIR ?? home, '.zshrc');
    case 'fish':
      return join(config, 'fish', 'completions', 'rt.fish');
    case 'powershell':
      return platform === 'win32'
        ? join(home, 'Documents', 'PowerShell', 'Microsoft.PowerShell_profile.ps1')
        : join(config, 'powershell', 'Microsoft.PowerShell_profile.ps1');
  }
}

/** What would be written for a shell, and where. */
export function planInstallation(shell: CompletionShell, around: ShellSurroundings): CompletionInstallation {
  const path = configuration(shell, around);
  const whole = shell === 'fish';
  const text = shell === 'fish' ? completionScripts.fish : `\n# Completion of rt\n${lines[shell]}\n`;
  const before = readTextFile(path);
  const present = shell === 'fish' ? before === text : (before ?? '').includes(lines[shell]);
  return { path, whole, text, present };
}

/** Writes it. Lines of the user are never changed. */
export function install({ path, whole, text, present }: CompletionInstallation): void {
  if (present) return;
  mkdirSync(dirname(path), { recursive: true });
  if (whole) writeFileSync(path, text);
  else appendFileSync(path, text);
}
