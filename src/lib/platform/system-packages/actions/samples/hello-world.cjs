/** Writes to both streams of the log and returns its arguments. */
function main(params) {
  console.log('hello stdout');
  console.error('hello stderr');
  return params;
}

exports.main = main;
