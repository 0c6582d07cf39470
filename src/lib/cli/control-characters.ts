function isControl(code: number): boolean {
  const c0 = code < 0x20 && code !== 0x09 && code !== 0x0a;
  return c0 || (code >= 0x7f && code <= 0x9f);
}

/**
 * Control characters (C0 but tab and line feed, DEL, C1) as `\u001b`, so that text from a host or an action cannot drive the terminal
 * (RS-240). The form is also the one JSON has for them.
 */
export function escapeControls(text: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isControl(code)) continue;
    result += `${text.slice(from, at)}\\u${code.toString(16).padStart(4, '0')}`;
    from = at + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}
