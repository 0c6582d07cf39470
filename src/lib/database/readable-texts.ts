/** The texts that are JSON; each of the others is reported and left out, so that one damaged row does not spoil a list (RS-110). */
export function readableTexts(texts: readonly string[], report: () => void): string[] {
  return texts.filter((text) => {
    if (isJson(text)) return true;
    report();
    return false;
  });
}

/** Whether a stored text is still JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
