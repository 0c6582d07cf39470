/** A content type, taken apart. */
export interface MediaType {
  /** `type/subtype`, lower case, without parameters. */
  readonly essence: string;
  /** Lower case; absent when the content type names none. */
  readonly charset?: string;
}

/** No wildcards, no control characters: what may stand in a `Content-Type` header. Linear on any input (RS-208). */
const contentTypeRule = /^ *([!#$%&'+.^_`|~\w-]+\/[!#$%&'+.^_`|~\w-]+)[ \t]*(?:;[\t\x20-\x7e]*)?$/;

/** Types of text besides `text/*` and the JSON family. */
const textTypes: ReadonlySet<string> = new Set(
  [
    'atom+xml',
    'base64',
    'ecmascript',
    'graphql',
    'javascript',
    'rss+xml',
    'soap+xml',
    'vnd.google-earth.kml+xml',
    'x-javascript',
    'x-ndjson',
    'x-www-form-urlencoded',
    'x-yaml',
    'xhtml+xml',
    'xml',
    'xml-dtd',
    'yaml',
  ].map((subtype) => `application/${subtype}`),
);

/** A content type header; undefined when it is not `type/subtype` with parameters. */
export function parseMediaType(text: string): MediaType | undefined {
  const essence = contentTypeRule.exec(text)?.[1]?.toLowerCase();
  if (essence === undefined) return undefined;
  const charset = /; *charset *= *"?([^\s";]+)/i.exec(text)?.[1]?.toLowerCase();
  return charset === undefined ? { essence } : { essence, charset };
}

/** `application/json` and everything with the suffix `+json`. */
export function isJsonFamily({ essence }: MediaType): boolean {
  return essence === 'application/json' || essence.endsWith('+json');
}

/**
 * Whether content of that type is text and not bytes (openwhisk-api.md §17.5, §17.7). A type that is not known counts as
 * text when it names a charset; images, sound, video and multipart are bytes also then.
 */
export function isTextLike(type: MediaType): boolean {
  const { essence, charset } = type;
  if (essence.startsWith('text/') || isJsonFamily(type) || textTypes.has(essence)) return true;
  return charset !== undefined && !/^(?:audio|font|image|multipart|video)\//.test(essence);
}
