let context: AudioContext | undefined;

/** A short high sound for what counts, two low ones for what does not: heard without looking up. Silent where there is no sound. */
export function beep(good: boolean): void {
  try {
    context ??= new AudioContext();
    const notes: [hertz: number, at: number, long: number][] = good
      ? [[880, 0, 0.08]]
      : [
          [220, 0, 0.14],
          [180, 0.18, 0.2],
        ];
    for (const [hertz, at, long] of notes) {
      const note = context.createOscillator();
      const volume = context.createGain();
      note.frequency.value = hertz;
      note.type = good ? 'sine' : 'square';
      volume.gain.value = 0.08;
      note.connect(volume).connect(context.destination);
      note.start(context.currentTime + at);
      note.stop(context.currentTime + at + long);
    }
  } catch {
    // A browser without sound shows what it would have played.
  }
}
