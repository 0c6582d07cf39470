/** The methods that reach web actions (openwhisk-api.md §17.1). */
export const webMethods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
