import { isJsonObject, type JsonObject } from '../../entity/json.js';

/** What an action-loop proxy takes from the body of `/init`. */
export interface InitRequest {
  readonly main: string;
  /** The file that was sent: source text or the decoded archive. */
  readonly code: Buffer;
  readonly environment: Readonly<Record<string, string>>;
}

/** Why a body is refused. */
export interface InitRefusal {
  readonly status: number;
  readonly text: string;
}

/** Reads the body of `/init` as the official proxy, a Go program, does, with its texts (action-interface.md §1.4). */
export function parseInitRequest(body: string): InitRequest | InitRefusal {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    const text = body.trim() === '' ? 'unexpected end of JSON input' : error instanceof Error ? error.message : '';
    return { status: 400, text: `Error unmarshaling request: ${text}` };
  }
  const value = isJsonObject(json) && isJsonObject(json.value) ? json.value : {};
  const mismatch = findMismatch(value);
  if (mismatch !== undefined) return { status: 400, text: `Error unmarshaling request: ${mismatch}` };
  return decodeRequest(value);
}

const memberTypes = { code: 'string', main: 'string', binary: 'bool', env: 'map[string]interface {}' } as const;

function findMismatch(value: JsonObject): string | undefined {
  for (const [name, wanted] of Object.entries(memberTypes)) {
    const member = value[name];
    const found = goTypeOf(member);
    if (found === undefined || wanted.startsWith(found)) continue;
    const word = found === 'map' ? 'object' : found;
    return `json: cannot unmarshal ${word} into Go struct field initBodyRequest.value.${name} of type ${wanted}`;
  }
  return undefined;
}

function goTypeOf(member: unknown): string | undefined {
  if (member === undefined || member === null) return undefined;
  if (Array.isArray(member)) return 'array';
  const type = typeof member;
  return type === 'object' ? 'map' : type === 'boolean' ? 'bool' : type;
}

function decodeRequest({ code, main, binary, env }: JsonObject): InitRequest | InitRefusal {
  if (typeof code !== 'string' || code === '') return { status: 403, text: 'Missing main/no code to execute.' };
  const illegal = binary === true ? findIllegalBase64(code) : undefined;
  if (illegal !== undefined) {
    const text = `cannot decode the request: illegal base64 data at input byte ${String(illegal)}`;
    return { status: 400, text };
  }
  return {
    main: typeof main === 'string' && main !== '' ? main : 'main',
    code: Buffer.from(code, binary === true ? 'base64' : 'utf8'),
    environment: isJsonObject(env) ? environmentOf(env) : {},
  };
}

/** Strings as they are, everything else as its JSON text (action-interface.md §1.3). */
function environmentOf(env: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** Where Go's strict decoder finds the first fault; undefined when there is none. */
function findIllegalBase64(text: string): number | undefined {
  const foreign = /[^A-Za-z0-9+/\r\n]/.exec(text)?.index ?? text.length;
  const digits = text.slice(0, foreign).replace(/[\r\n]/g, '').length % 4;
  if (foreign === text.length) return digits === 0 ? undefined : text.length - digits;
  if (text[foreign] !== '=' || digits < 2) return foreign;
  const padding = /^=[\r\n]*(=?)[\r\n]*/.exec(text.slice(foreign));
  const complete = digits === 2 ? padding?.[1] === '=' : padding?.[1] === '';
  if (!complete) return digits === 2 ? text.length : foreign + 1;
  const end = foreign + (padding?.[0].length ?? 0);
  return end === text.length ? undefined : end;
}
