export const AVATAR_SIZE = 128;

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
  return canvas.toDataURL('image/webp', 0.85);
}
