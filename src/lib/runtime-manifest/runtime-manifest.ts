import { builtInKinds } from './built-in-manifest.js';
import { isSameImage } from './image-name.js';
import { parseManifest } from './manifest-parser.js';
import type { RuntimeKind } from './runtime-kind.js';

/** One kind as the API host shows it (`runtimes` of `GET /`, openwhisk-api.md §1.2). */
export interface RuntimeInfo {
  readonly kind: string;
  readonly image: string;
  readonly deprecated: boolean;
  readonly default: boolean;
  readonly attached: boolean;
  readonly requireMain: boolean;
}

/** Which kinds of actions this platform runs, and in which images (action-interface.md §2). Immutable. */
export class RuntimeManifest {
  private readonly byKind = new Map<string, RuntimeKind>();
  private readonly defaults = new Map<string, RuntimeKind>();

  private constructor(
    private readonly all: readonly RuntimeKind[],
    private readonly localImages: readonly string[],
  ) {
    for (const kind of all) {
      this.byKind.set(kind.kind, kind);
      if (kind.default) this.defaults.set(kind.family, kind);
    }
  }

  /** The manifest that comes with the program; `nodeMajor` is the major version of the node that runs actions. */
  static builtIn(nodeMajor: number): RuntimeManifest {
    return new RuntimeManifest(builtInKinds(nodeMajor), ['openwhisk/dockerskeleton:nightly']);
  }

  /** Reads OpenWhisk's `runtimes.json`, already parsed. Throws ConfigError with the place and the reason (AI-324). */
  static parse(json: unknown): RuntimeManifest {
    const { kinds, blackboxes } = parseManifest(json);
    return new RuntimeManifest(kinds, blackboxes);
  }

  /**
   * The kind that a user means: trimmed and lower-cased, `family:default` and a family alone stand for the family's default.
   * Undefined when this platform does not have it.
   */
  resolve(kind: string): RuntimeKind | undefined {
    const wanted = kind.trim().toLowerCase();
    const exact = this.byKind.get(wanted);
    if (exact !== undefined) return exact;
    return this.defaults.get(wanted.endsWith(':default') ? wanted.slice(0, -':default'.length) : wanted);
  }

  kinds(): readonly RuntimeKind[] {
    return this.all;
  }

  families(): string[] {
    return [...this.defaults.keys()];
  }

  /** The `runtimes` member of the API host information: family → kinds. */
  toInfo(): Record<string, RuntimeInfo[]> {
    const byFamily = new Map<string, RuntimeInfo[]>();
    for (const { family, kind, image, deprecated, default: isDefault, attached, requireMain } of this.all) {
      const kinds = byFamily.get(family) ?? [];
      kinds.push({ kind, image, deprecated, default: isDefault, attached, requireMain });
      byFamily.set(family, kinds);
    }
    return Object.fromEntries(byFamily);
  }

  /** What the refusal of an unknown kind lists after `Valid values are:`: every kind, `sequence` and `blackbox`. */
  validValues(): string[] {
    return [...this.byKind.keys(), 'sequence', 'blackbox'];
  }

  /** Whether a user's image counts as local: never pulled, its logs end with sentinels (`blackboxes` of the manifest). */
  isLocalImage(image: string): boolean {
    return this.localImages.some((local) => isSameImage(local, image));
  }
}
