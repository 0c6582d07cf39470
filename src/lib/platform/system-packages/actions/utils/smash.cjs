/** Puts all its arguments but `$fieldName` below the name that this gives. */
function main({ $fieldName: name, ...others }) {
  if (typeof name !== 'string') return { error: "Expected an argument '$fieldName' of type 'string'." };
  return { [name]: others };
}

exports.main = main;
