/** Splits the text `payload` at each `separator`, by default at line ends. */
function main({ payload = '', separator = /\r?\n/ }) {
  const text = String(payload);
  return { lines: text.split(separator), payload: text };
}

exports.main = main;
