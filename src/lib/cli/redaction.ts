import { endOfValue } from './json-text.js';

const secretName = 'pass|secret|token|auth|key|credential|cookie';
const shown = '****';

/** A key with only the first four characters of its UUID part (C-60). */
export function maskKey(auth: string): string {
  const [uuid = ''] = auth.split(':');
  return auth.includes(':') && uuid.length > 8 ? `${uuid.slice(0, 4)}…:${shown}` : shown;
}

/** The three forms in which a key can appear: as it is, in an `Authorization` header, in a URL. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const [, password = ''] = secret.split(':');
  return [
    secret,
    base64,
    base64.replace(/=+$/, ''),
    encodeURIComponent(secret),
    ...(password.length >= 8 ? [password] : []),
  ];
}

/** Replaces the JSON value behind every match of `lead` in a text. */
function replaceValues(text: string, lead: RegExp): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(lead)) {
    const start = match.index + match[0].length;
    if (match.index < from || start >= text.length) continue;
    // A switch such as `provide-api-key` is no secret.
    if (/^(?:true|false|null)\b/.test(text.slice(start, start + 6))) continue;
    result += `${text.slice(from, start)}"${shown}"`;
    from = endOfValue(text, start);
  }
  return result + text.slice(from);
}

function redactPatterns(text: string): string {
  // `"key": "name"` is the name half of a parameter, not a secret; hence the exception for a member that is called just `key`.
  const member = new RegExp(`"(?!key"\\s*:)[^"\\\\]*(?:${secretName})[^"\\\\]*"\\s*:\\s*`, 'gi');
  const pair = new RegExp(`"key"\\s*:\\s*"[^"\\\\]*(?:${secretName})[^"\\\\]*"\\s*,\\s*"value"\\s*:\\s*`, 'gi');
  return replaceValues(replaceValues(text, pair), member)
    .replace(/(authorization\s*[:=]\s*)(?:(?:basic|bearer)\s+)?[^\s,;"']+/gi, `$1${shown}`)
    .replace(new RegExp(`((?:^|[\\s?&;,])[\\w.-]*(?:${secretName})[\\w.-]*=)[^\\s&;,"']+`, 'gi'), `$1${shown}`)
    .replace(new RegExp(`(-p\\s+\\S*(?:${secretName})\\S*\\s+)\\S+`, 'gi'), `$1${shown}`)
    .replace(/(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g, `$1${shown}@`);
}

/** Takes secrets out of everything that is shown besides the answer: traces, errors, JSON errors (C-60, RS-233). */
export class Redactor {
  private readonly secrets = new Map<string, string>();

  /** From now on this key is hidden wherever it appears. */
  hide(secret: string): void {
    if (secret.length < 4) return;
    for (const form of formsOf(secret)) this.secrets.set(form, form === secret ? maskKey(secret) : shown);
  }

  /** A trace: known secrets, and whatever looks like one. */
  redact(text: string): string {
    return this.redactKnown(redactPatterns(this.redactKnown(text)));
  }

  /** A message meant to be read: known secrets only, so that words such as `key=value` in a usage message stay. */
  redactKnown(text: string): string {
    let result = text;
    for (const [secret, replacement] of this.secrets) result = result.replaceAll(secret, replacement);
    return result;
  }
}
