import type { Frame } from './cpu-profile.js';

/** Pixels. */
const width = 1200;
const rowHeight = 18;
const titleHeight = 28;
const characterWidth = 6.6;

/** Pixels below which a frame and all above it are left out. */
const leastWidth = 0.4;

/** Colours by where a function is from. */
const colours = { ours: '#e8743b', internal: '#6aa84f', native: '#8e9aaf' } as const;

interface Box {
  readonly frame: Frame;
  readonly depth: number;
  /** Pixels from the left. */
  readonly x: number;
  readonly width: number;
}

/**
 * A flame graph as one SVG document: the width of a box is the time of a function with all that it called, what it called lies below it. The
 * tooltip of a box says the figures.
 */
export function flameGraph(root: Frame, title: string): string {
  const boxes = layOut(root);
  const depth = Math.max(...boxes.map((box) => box.depth)) + 1;
  const height = titleHeight + depth * rowHeight + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" font-family="monospace" font-size="11">`,
    `<text x="4" y="18" font-size="14">${escaped(title)}: ${milliseconds(root.total)}</text>`,
    ...boxes.map((box) => drawn(box, root.total)),
    '</svg>',
    '',
  ].join('\n');
}

function layOut(root: Frame): Box[] {
  const boxes: Box[] = [];
  const scale = root.total === 0 ? 0 : width / root.total;
  const place = (frame: Frame, depth: number, x: number): void => {
    const own = frame.total * scale;
    if (own < leastWidth && depth > 0) return;
    boxes.push({ frame, depth, x, width: own });
    let left = x;
    for (const child of frame.children) {
      place(child, depth + 1, left);
      left += child.total * scale;
    }
  };
  place(root, 0, 0);
  return boxes;
}

function drawn({ frame, depth, x, width: own }: Box, total: number): string {
  const y = titleHeight + depth * rowHeight;
  const share = total === 0 ? 0 : (frame.total / total) * 100;
  const where = frame.origin === '' ? '' : ` (${frame.origin})`;
  const times = `${milliseconds(frame.total)}, ${share.toFixed(1)} %, itself ${milliseconds(frame.self)}`;
  const shape = `x="${x.toFixed(2)}" y="${String(y)}" width="${own.toFixed(2)}" height="${String(rowHeight - 1)}"`;
  const characters = Math.floor((own - 4) / characterWidth);
  const label = characters < 3 ? '' : labelled(frame.name.slice(0, characters), x, y);
  return `<g><title>${escaped(`${frame.name}${where}: ${times}`)}</title><rect ${shape} fill="${colourOf(frame)}"/>${label}</g>`;
}

function labelled(text: string, x: number, y: number): string {
  return `<text x="${(x + 2).toFixed(2)}" y="${String(y + 13)}">${escaped(text)}</text>`;
}

function colourOf({ origin }: Frame): string {
  if (origin === '') return colours.native;
  return origin === 'internal' ? colours.internal : colours.ours;
}

function milliseconds(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
