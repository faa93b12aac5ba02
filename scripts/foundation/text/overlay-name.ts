import type { OverlayName } from '../../../contracts/generated/result.ts';

const SHOWN_DIGITS = 12;

/** `overlay 2026-01-31 (3f2a91c07be4)`: the version that its author gave it, and the beginning of its SHA-256. */
export function overlayName({ version, sha256 }: OverlayName): string {
  return `overlay ${version} (${sha256.slice(0, SHOWN_DIGITS)})`;
}
