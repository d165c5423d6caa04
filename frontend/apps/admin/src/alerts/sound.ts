/** A short tone of two notes, made on the spot: no file is loaded. Silent until the page was touched once. */
export function chime(): void {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  const tone = audio.createOscillator();
  tone.frequency.setValueAtTime(660, audio.currentTime);
  tone.frequency.setValueAtTime(880, audio.currentTime + 0.15);
  tone.connect(volume);
  tone.start();
  tone.stop(audio.currentTime + 0.5);
  tone.addEventListener('ended', () => void audio.close());
}

/** Tells it outside the page, where the person allowed that. */
export function tell(title: string, onclick: () => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { tag: 'kefu' });
  notification.addEventListener('click', () => {
    window.focus();
    onclick();
    notification.close();
  });
}
