/** Tells the namespace of whoever invokes it. */
function main() {
  return { namespace: process.env.__OW_NAMESPACE };
}

exports.main = main;
