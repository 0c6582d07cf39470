import type { ImageName } from './runtime-kind.js';

/** Writes an image name in parts as `[registry/][prefix/]name[:tag]`; empty parts are left out (action-interface.md §2). */
export function formatImageName(image: ImageName): string {
  const path = [image.registry, image.prefix, image.name].filter((part) => part !== undefined && part !== '');
  return path.join('/') + (image.tag === undefined || image.tag === '' ? '' : `:${image.tag}`);
}

/** Whether two image names mean the same image: a missing tag is `latest` (action-interface.md §2). */
export function isSameImage(one: string, other: string): boolean {
  return withTag(one) === withTag(other);
}

function withTag(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return name.includes(':') ? image : `${image}:latest`;
}
