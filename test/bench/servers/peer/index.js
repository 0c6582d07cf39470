// FF: the trivial action as the functions framework wants it.
exports.main = (request, response) => {
  response.json({ greeting: `Hello, ${request.body.name}!` });
};
