/**
 * What a person set for this profile, the same in every window of it. A part that cannot be read falls back to its
 * default alone, so that a file of another version, or a damaged one, never costs the rest.
 */
import { z } from 'zod';
import { nameSchema } from './order.ts';

/** What can sound, each by its own sound. */
export const soundKinds = ['money', 'paid', 'trouble', 'lost'] as const;
export type SoundKind = (typeof soundKinds)[number];

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 22:00');

const quietHoursSchema = z.object({
  on: z.boolean(),
  /** By this device's clock; over midnight where `from` is later than `to`. */
  from: timeOfDay,
  to: timeOfDay,
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

const savedFilterSchema = z.object({
  name: z.string().trim().min(1).max(40),
  status: z.string().max(32),
  source: nameSchema.nullable(),
  store: nameSchema.nullable(),
  text: z.string().max(200),
});
export type SavedFilter = z.infer<typeof savedFilterSchema>;

export const columns = ['state', 'order', 'price', 'crypto', 'happening', 'verdict', 'source', 'created'] as const;
export type Column = (typeof columns)[number];

const fields = {
  appearance: z.enum(['system', 'light', 'dark', 'high-contrast']),
  density: z.enum(['comfortable', 'compact']),
  language: z.enum(['system', 'en', 'zh-CN']),
  sounds: z.object({
    on: z.boolean(),
    /** 0 to 1. */
    volume: z.number().min(0).max(1),
    kinds: z.record(z.enum(soundKinds), z.boolean()),
  }),
  quietHours: quietHoursSchema,
  /** Notifications of the system, where the host has them. */
  notifications: z.boolean(),
  /** Headings in the queue, and what each of them gathers. */
  grouped: z.boolean(),
  groupBy: z.enum(['urgency', 'store']),
  /** `urgency`, or a column with its direction. */
  sorting: z.object({ by: z.enum(['urgency', ...columns]), descending: z.boolean() }),
  /** Shown columns of the queue, in this order; `order` and `verdict` are always among them. */
  columns: z
    .array(z.enum(columns))
    .max(columns.length)
    .refine((shown) => shown.includes('order') && shown.includes('verdict'), 'must hold order and verdict'),
  savedFilters: z.array(savedFilterSchema).max(20),
  /** The large view for a counter, read from two metres away. */
  counterMode: z.boolean(),
  /** Explorer by chain id (CAIP-2): the name of one of those the host may open. */
  explorers: z.record(nameSchema, z.string().max(64)),
  /** Hours of events that stay on this device at least [DL8]. */
  retentionHours: z.int().min(72).max(8760),
  /** Keys by action, such as `finder: 'mod+K'`; what is not named keeps its usual key. */
  shortcuts: z.record(z.string().max(32), z.string().max(32)),
  /** True once the tour was seen or skipped. */
  tourSeen: z.boolean(),
} as const;

export const settingsSchema = z.object(fields);
export type Settings = z.infer<typeof settingsSchema>;

/** What `settings.write` takes: some settings, each whole; what this version does not know is left out. */
export const settingsChangesSchema = z.object(fields).partial();
export type SettingsChanges = z.infer<typeof settingsChangesSchema>;

export const usualSettings: Settings = {
  appearance: 'system',
  density: 'comfortable',
  language: 'system',
  sounds: { on: true, volume: 0.6, kinds: { money: true, paid: true, trouble: true, lost: true } },
  quietHours: { on: false, from: '22:00', to: '07:00' },
  notifications: true,
  grouped: false,
  groupBy: 'urgency',
  sorting: { by: 'urgency', descending: false },
  columns: [...columns],
  savedFilters: [],
  counterMode: false,
  explorers: {},
  retentionHours: 72,
  shortcuts: {},
  tourSeen: false,
};

/** Settings out of anything: what fits is taken, what does not keeps its usual value. */
export function settingsFrom(kept: unknown): Settings {
  const given = typeof kept === 'object' && kept !== null ? kept : {};
  const read = Object.entries(fields).flatMap(([name, schema]) => {
    const value = schema.safeParse(Reflect.get(given, name));
    return value.success ? [[name, value.data] as const] : [];
  });
  return { ...usualSettings, ...(Object.fromEntries(read) as Partial<Settings>) };
}

/**
 * True while sounds and notifications are to be silent.
 * @param minute minutes since midnight by this device's clock
 */
export function isQuiet({ on, from, to }: QuietHours, minute: number): boolean {
  if (!on || from === to) return false;
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
