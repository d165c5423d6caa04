export const AVATAR_SIZE = 128;

/** What the API takes at most, in characters of a data URL; 24 KB are a third more in base64. */
const MOST = 24_000;

/** In the order of preference: a browser that cannot write one kind gives PNG, which may be too large for a photograph. */
const KINDS: [string, number][] = [
  ['image/webp', 0.85],
  ['image/jpeg', 0.85],
  ['image/jpeg', 0.6],
];

/** A picture drawn anew as a small square: what else the file carried (a place, a camera) stays behind. */
export async function shrunk(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = AVATAR_SIZE;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  pen.drawImage(picture, left, top, side, side, 0, 0, AVATAR_SIZE, AVATAR_SIZE);
  for (const [kind, quality] of KINDS) {
    const url = canvas.toDataURL(kind, quality);
    if (url.length <= MOST) return url;
  }
  throw new Error('the picture stays too large');
}
