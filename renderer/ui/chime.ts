/** Two short sounds made by the page itself: a rising pair of tones for money, a falling one for an alarm. */
import type { Sound } from '../store/moments.ts';

export interface Chime {
  /** Sounds at that volume, from 0 to 1, whatever the settings say. */
  readonly test: (sound: Sound, volume: number) => void;
  readonly play: (sound: Sound) => void;
  readonly close: () => void;
}

/** Frequencies in hertz, one after the other. */
const tones: Readonly<Record<Sound, readonly number[]>> = { money: [880, 1318.5], alarm: [587.3, 440, 587.3, 440] };
const TONE_S = 0.13;
/** Gain at full volume. */
const LOUDEST = 0.27;
/** Several payments at once chime once; milliseconds. */
const QUIET_MS = 700;

function ring(context: AudioContext, frequency: number, at: number, volume: number): void {
  const gain = context.createGain();
  const tone = context.createOscillator();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDEST * volume, at + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S * 2.6);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + TONE_S * 2.7);
}

/**
 * The audio device is opened with the first sound, since a browser allows none before the page was touched.
 * @param loudness how loud a sound is now, from 0, which is silent, to 1
 */
export function createChime(window: Window & typeof globalThis, loudness: (sound: Sound) => number): Chime {
  let context: AudioContext | null = null;
  let lastAt = -Infinity;
  const sounding = (sound: Sound, volume: number): void => {
    if (volume <= 0 || !('AudioContext' in window) || !window.navigator.userActivation.hasBeenActive) return;
    lastAt = window.performance.now();
    const device = (context ??= new window.AudioContext());
    tones[sound].forEach((frequency, n) => ring(device, frequency, device.currentTime + 0.02 + n * TONE_S, volume));
  };
  return {
    test: sounding,
    play: (sound) => {
      if (window.performance.now() - lastAt >= QUIET_MS) sounding(sound, loudness(sound));
    },
    close: () => {
      void context?.close();
      context = null;
    },
  };
}
