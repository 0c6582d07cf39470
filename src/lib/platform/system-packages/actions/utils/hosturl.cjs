const extensions = ['.json', '.text', '.html', '.http'];

/** Tells the URL at which an action (`path` is its name, or `package/name`) is invoked, a web action called (`web`) or a trigger fired (`trigger`). */
function main({ path = '', web = false, ext = '.json', trigger = false }) {
  const host = process.env.__OW_API_HOST;
  const namespace = process.env.__OW_NAMESPACE;
  const packaged = path.includes('/');
  if (web && trigger) return { error: 'triggers are not allowed for web actions.' };
  if (web && !extensions.includes(ext)) {
    return { error: 'extension for web action must be one of [".json", ".text", ".html", ".http"].' };
  }
  if (trigger && packaged) return { error: 'triggers are not allowed in packages.' };
  const collection = `namespaces/${namespace}/${trigger ? 'triggers' : 'actions'}`;
  const base = `${host}/api/v1/${web ? `web/${namespace}` : collection}`;
  if (path === '') return { url: base };
  if (!web) return { url: `${base}/${path}` };
  return { url: `${base}/${packaged ? path : `default/${path}`}${ext}` };
}

exports.main = main;
