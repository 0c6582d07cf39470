/** Joins `lines` to a text, as `payload`. */
function main({ lines = [] }) {
  return { lines, payload: lines.join('\n') };
}

exports.main = main;
