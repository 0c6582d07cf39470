/** What an image that `rt kind pull --build` makes needs of this program: bundled as `image-proxy.cjs` beside the launchers. */
export { systemClock } from '../../entity/clock.js';
export { prepareNodeInit } from '../process/node-init.js';
export { serveLoop } from './serve-loop.js';
