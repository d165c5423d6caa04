const SIZE = 64;

/** The page's icon: the mark, with a number on it while something is unread. */
export function badge(unread: number): void {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (!pen || !link) return;
  pen.fillStyle = '#0d2b27';
  pen.roundRect(0, 0, SIZE, SIZE, 14);
  pen.fill();
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = '#ffffff';
  pen.font = 'bold 40px sans-serif';
  pen.fillText('客', SIZE / 2, SIZE / 2 + 2);
  if (unread > 0) {
    pen.beginPath();
    pen.fillStyle = '#c4320a';
    pen.arc(SIZE - 20, 20, 20, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#ffffff';
    pen.font = 'bold 26px sans-serif';
    pen.fillText(unread > 99 ? '99' : String(unread), SIZE - 20, 22);
  }
  link.href = canvas.toDataURL('image/png');
}
