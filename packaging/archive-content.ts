/** What may be in the application's archive. */

/** Every file belongs to one of these. */
const expected: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/main\/[\w.-]+\.js$/,
  /^dist\/preload\/index\.cjs$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/(assets\/)?[\w.@-]+\.(js|css|png|svg|ico|woff2|webmanifest|mp3|ogg|wav)$/,
  /^dist\/gateway\/tillwatch-gateway\.mjs$/,
  /^dist\/demo\/index\.js$/,
  /^dist\/main\/images\/[\w@-]+\.png$/,
];

/** Without any one of these the application does not start, or has no demo. */
const needed: readonly string[] = [
  'package.json',
  'dist/main/index.js',
  'dist/main/utility.js',
  'dist/preload/index.cjs',
  'dist/renderer/index.html',
  'dist/gateway/tillwatch-gateway.mjs',
  'dist/demo/index.js',
  'dist/main/images/live.png',
];

/** @param files paths in the archive, with forward slashes @returns a sentence for each fault; none when all is well */
export function archiveFaults(files: readonly string[]): string[] {
  const strange = files.filter((file) => !expected.some((pattern) => pattern.test(file)));
  const missing = needed.filter((file) => !files.includes(file));
  return [
    ...strange.map((file) => `${file} does not belong into the application`),
    ...missing.map((file) => `${file} is missing`),
  ];
}

/** Words in a built file that tell of the machine it was built on, or of a source map. */
const tells = /sourceMappingURL=|file:\/\/\/(?:home|Users|root|tmp|work)\b|(?<![\w.])\/(?:home|Users|root)\/[\w-]+\//;

/** @returns what in the text of a built file must not be published; null when nothing is */
export function textFault(file: string, text: string): string | null {
  const found = tells.exec(text);
  return found ? `${file} holds "${text.slice(found.index, found.index + 60).split('\n')[0] ?? ''}"` : null;
}

/** @param manifest package.json as it is in the archive @returns a sentence for each fault */
export function manifestFaults(manifest: Readonly<Record<string, unknown>>): string[] {
  const unwanted = ['devDependencies', 'optionalDependencies', 'dependencies', 'scripts', 'allowScripts'];
  return unwanted
    .filter((field) => Object.hasOwn(manifest, field) && Object.keys(manifest[field] ?? {}).length > 0)
    .map((field) => `package.json in the application names ${field}`);
}
