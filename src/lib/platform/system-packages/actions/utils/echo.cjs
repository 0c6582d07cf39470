/** Returns its arguments. */
function main(params) {
  return params;
}

exports.main = main;
