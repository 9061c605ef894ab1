/**
 * Waits for an end, but not longer than `mostMs`.
 * @returns whether it came
 * @throws whatever `close` throws
 */
export async function closeWithin(close: () => Promise<void>, mostMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), mostMs);
  });
  try {
    return await Promise.race([close().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
