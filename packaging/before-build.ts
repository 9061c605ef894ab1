/**
 * electron-builder's hook before it would install or rebuild dependencies.
 * @returns false: the application is bundled and takes no node_modules along
 */
export function beforeBuild(): boolean {
  return false;
}
