/** Gives the first `num` of `lines`, by default one. */
function main({ lines = [], num = 1 }) {
  return { lines: lines.slice(0, num), num };
}

exports.main = main;
