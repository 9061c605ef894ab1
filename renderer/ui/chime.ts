/** Short sounds made by the page itself, one for each kind a person can tell apart without looking. */
import type { SoundKind } from '../../contract/settings.ts';

export interface Chime {
  /** Sounds at that volume, from 0 to 1, whatever the settings say. */
  readonly test: (sound: SoundKind, volume: number) => void;
  readonly play: (sound: SoundKind) => void;
  readonly close: () => void;
}

/** Frequencies in hertz, one after the other: up for money, higher still once it is paid, to and fro for trouble, down for a lost line. */
const tones: Readonly<Record<SoundKind, readonly number[]>> = {
  money: [880, 1318.5],
  paid: [784, 1046.5, 1568],
  trouble: [587.3, 440, 587.3, 440],
  lost: [523.3, 392, 293.7],
};
const TONE_S = 0.13;
/** Gain at full volume. */
const LOUDEST = 0.27;
/** Several payments at once chime once; milliseconds. */
const QUIET_MS = 700;
/** Whoever holds it is the one window that sounds. */
const LOCK = 'tillwatch.chime';

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
 * The audio device is opened with the first sound, since a browser allows none before the page was touched. Of several
 * windows that are told of the same, one sounds.
 * @param loudness how loud a sound is now, from 0, which is silent, to 1
 */
export function createChime(window: Window & typeof globalThis, loudness: (sound: SoundKind) => number): Chime {
  let context: AudioContext | null = null;
  let closed = false;
  let last: { readonly sound: SoundKind; readonly at: number } | null = null;

  const canSound = (): boolean => 'AudioContext' in window && window.navigator.userActivation.hasBeenActive;
  const sounding = (sound: SoundKind, volume: number): void => {
    if (volume <= 0 || closed || !canSound()) return;
    last = { sound, at: window.performance.now() };
    const device = (context ??= new window.AudioContext());
    tones[sound].forEach((frequency, n) => ring(device, frequency, device.currentTime + 0.02 + n * TONE_S, volume));
  };
  const alone = (sound: SoundKind, volume: number): void => {
    // Not there on a page that is not secure; then every window is on its own.
    const locks = window.navigator.locks as LockManager | undefined;
    if (!locks) {
      sounding(sound, volume);
      return;
    }
    void locks.request(`${LOCK}.${sound}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      sounding(sound, volume);
      await new Promise((resolve) => window.setTimeout(resolve, QUIET_MS));
    });
  };
  return {
    test: sounding,
    play: (sound) => {
      // Trouble is heard even where money has just chimed.
      const soon = last !== null && window.performance.now() - last.at < QUIET_MS;
      if (soon && (sound !== 'trouble' || last?.sound === 'trouble')) return;
      const volume = loudness(sound);
      if (volume > 0 && canSound()) alone(sound, volume);
    },
    close: () => {
      closed = true;
      void context?.close();
      context = null;
    },
  };
}
