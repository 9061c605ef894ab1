import { z } from 'zod';

/** Where a window was, in device-independent pixels. */
export const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const leastSize = { width: 480, height: 360 } as const;
const usualSize = { width: 1280, height: 820 } as const;
/** What has to be seen of a window so that it can be taken and moved. */
const grip = { width: 120, height: 40 } as const;

function overlap(a: Area, b: Area): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

export interface Placement {
  readonly width: number;
  readonly height: number;
  /** Absent: the system centres the window. */
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

/**
 * Where to open a window: where it was, when enough of its title bar is on a display that is still there.
 * @param displays the work areas of the displays, the primary one first
 */
export function placement(saved: WindowState | null, displays: readonly Area[]): Placement {
  if (!saved) return { ...fitting(usualSize, displays[0]), maximized: false };
  const bar = { ...saved, height: grip.height };
  const home = displays.find((display) => {
    const seen = overlap(bar, display);
    return seen.width >= grip.width && seen.height >= grip.height;
  });
  const size = fitting(saved, home ?? displays[0]);
  return home
    ? { ...size, x: saved.x, y: saved.y, maximized: saved.maximized }
    : { ...size, maximized: saved.maximized };
}

/** A size that is neither larger than its display nor smaller than a window can be used. */
function fitting(
  size: { width: number; height: number },
  display: Area | undefined,
): { width: number; height: number } {
  return {
    width: Math.max(leastSize.width, Math.min(size.width, display?.width ?? size.width)),
    height: Math.max(leastSize.height, Math.min(size.height, display?.height ?? size.height)),
  };
}
