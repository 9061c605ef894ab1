import type { ElectronApplication } from './electron-application.ts';

/** Chooses an item of the application's menu, as a person would. @throws when there is none with this label */
export async function clickMenu(application: ElectronApplication, label: string): Promise<void> {
  await application.evaluate(({ Menu }, wanted) => {
    type Item = { label: string; submenu?: { items: readonly unknown[] } | null };
    const below = (item: Item): Item[] => [item, ...((item.submenu?.items ?? []) as Item[]).flatMap(below)];
    const items = ((Menu.getApplicationMenu()?.items ?? []) as unknown as Item[]).flatMap(below);
    const item = items.find((each) => each.label === wanted);
    if (!item) throw new Error(`no "${wanted}" among ${items.map((each) => each.label).join(', ')}`);
    (item as unknown as { click(): void }).click();
  }, label);
}
