/** Two short sounds made by the page itself: a rising pair of tones for money, a falling one for an alarm. */
import type { Sound } from '../store/moments.ts';

export interface Chime {
  readonly play: (sound: Sound) => void;
  readonly close: () => void;
}

/** Frequencies in hertz, one after the other. */
const tones: Readonly<Record<Sound, readonly number[]>> = { money: [880, 1318.5], alarm: [587.3, 440, 587.3, 440] };
const TONE_S = 0.13;
const LOUDNESS = 0.16;
/** Several payments at once chime once; milliseconds. */
const QUIET_MS = 700;

function ring(context: AudioContext, frequency: number, at: number): void {
  const gain = context.createGain();
  const tone = context.createOscillator();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S * 2.6);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + TONE_S * 2.7);
}

/** The audio device is opened with the first sound, since a browser allows none before the page was touched. */
export function createChime(window: Window & typeof globalThis, isOn: () => boolean): Chime {
  let context: AudioContext | null = null;
  let lastAt = -Infinity;
  return {
    play: (sound) => {
      const now = window.performance.now();
      if (!isOn() || now - lastAt < QUIET_MS || !('AudioContext' in window)) return;
      if (!window.navigator.userActivation.hasBeenActive) return;
      lastAt = now;
      context ??= new window.AudioContext();
      const { currentTime } = context;
      tones[sound].forEach((frequency, n) => {
        if (context) ring(context, frequency, currentTime + 0.02 + n * TONE_S);
      });
    },
    close: () => {
      void context?.close();
      context = null;
    },
  };
}
