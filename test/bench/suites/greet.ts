/** The trivial action of every row, as `test/fixtures/samples/greet.js` has it. */
export const greetCode = 'exports.main = ({ name }) => ({ greeting: `Hello, ${name}!` });\n';
