import { markVariable } from './marked-processes.js';

/** What the environment of a runtime is made of. */
interface EnvironmentParts {
  readonly path: string;
  readonly box: string;
  /** Values of the user's environment that may pass, for example `TZ`. */
  readonly inherited: Readonly<Record<string, string>>;
  /** Variables of the container, `__OW_…`. */
  readonly container: Readonly<Record<string, string>>;
  /** Variables of the language. */
  readonly language: Readonly<Record<string, string>>;
  readonly mark: string;
}

/**
 * The whole environment of a runtime: an allow-list, never the developer's environment (action-interface.md §1.3, RS-236). The mark is
 * ours: by it what an action leaves running is found (RS-143).
 */
export function runtimeEnvironment(parts: EnvironmentParts): Record<string, string> {
  const inherited = Object.entries(parts.inherited).filter(([name]) => /^(LC_[A-Z]+|TZ)$/.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: parts.path,
    HOME: parts.box,
    TMPDIR: parts.box,
    LANG: 'C.UTF-8',
    ...parts.language,
    ...parts.container,
    [markVariable]: parts.mark,
  };
}
