/** The formats of `--output`; `--json` is `--output json` (§3). */
export const outputFormats = ['text', 'json', 'yaml', 'name', 'wide'] as const;

export type OutputFormat = (typeof outputFormats)[number];

/** How the answer is printed. */
export interface OutputMode {
  readonly format: OutputFormat;
  /** Forced by `--json=pretty|compact`; otherwise pretty on a terminal only (C-49). */
  readonly pretty?: boolean;
}

/** Whether the answer is a document (JSON or YAML) rather than lines of text. */
export function showsDocument({ format }: OutputMode): boolean {
  return format === 'json' || format === 'yaml';
}
