/**
 * Who may import whom. The same matrix stands in the TypeScript project references (each folder's tsconfig.json);
 * tests/boundaries plants violations and checks that both gates turn red.
 */
const ours = [
  'contract',
  'gateway',
  'client',
  'main',
  'preload',
  'renderer',
  'demo',
  'launch',
  'packaging',
  'tests',
  'docs',
];

/** Folder → the folders of ours it may import beside itself. Tests may import everything. */
const allowed = {
  contract: [],
  gateway: ['contract'],
  client: ['contract'],
  main: ['contract'],
  preload: ['contract'],
  renderer: ['contract'],
  demo: ['contract'],
  launch: [],
  packaging: [],
};

const matrix = Object.entries(allowed).map(([folder, mayImport]) => {
  const others = ours.filter((other) => other !== folder && !mayImport.includes(other));
  return {
    name: `matrix-${folder}`,
    severity: 'error',
    comment: `${folder} may import ${mayImport.length === 0 ? 'nothing of ours' : mayImport.join(', ')}.`,
    from: { path: `^${folder}/` },
    to: { path: `^(${others.join('|')})/` },
  };
});

/** The rooms of the demo: each → those it may import beside itself. What lies in demo/ itself may import all of them. */
const demoRooms = {
  clock: [],
  http: [],
  chains: ['clock', 'http'],
  processors: ['clock', 'http'],
  shop: ['clock'],
  stage: ['chains', 'clock', 'processors', 'shop'],
  scenarios: ['chains', 'clock', 'processors', 'shop', 'stage'],
  programme: ['clock', 'scenarios', 'shop', 'stage'],
  world: ['chains', 'clock', 'http', 'processors', 'shop', 'stage'],
};

const demoMatrix = Object.entries(demoRooms).map(([room, mayImport]) => ({
  name: `demo-${room}`,
  severity: 'error',
  comment: `demo/${room} may import ${mayImport.length === 0 ? 'no other room of the demo' : mayImport.join(', ')}.`,
  from: { path: `^demo/${room}/` },
  to: { path: '^demo/', pathNot: `^demo/(${[room, ...mayImport].join('|')})/` },
}));

/** A regular expression for npm packages by name, wherever node_modules lies. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const sql = `${packages('kysely', 'better-sqlite3', 'pg')}|^(node:)?sqlite$`;

module.exports = {
  forbidden: [
    ...matrix,
    ...demoMatrix,
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means that two files are one: merge them, or move what they share below both.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'Imports are relative with their .ts ending, or name a package listed in package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      comment: 'A package that is imported is named in package.json, or it vanishes with whoever brought it along.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-node-in-portable-code',
      severity: 'error',
      comment: 'contract and renderer run in a browser too: no node builtins there.',
      from: { path: '^(contract|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-network-in-renderer',
      severity: 'error',
      comment: 'The renderer knows the IPC contract; the main process owns the network and the disk.',
      from: { path: '^(contract|renderer|preload)/' },
      to: { path: packages('socket\\.io', 'socket\\.io-client', 'ws', 'fastify', 'kysely') },
    },
    {
      name: 'electron-in-its-host-only',
      severity: 'error',
      comment: 'Only main/index.ts, main/electron and preload know Electron. Tests may use its types.',
      from: { path: '^[^/]+/', pathNot: '^(main/index\\.ts$|main/electron/|preload/|tests/|node_modules/)' },
      to: { path: packages('electron') },
    },
    {
      name: 'electron-in-tests-as-types-only',
      severity: 'error',
      comment: 'Importing electron under plain Node starts a download; tests use a stand-in.',
      from: { path: '^tests/' },
      to: { path: packages('electron'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'desk-knows-no-host',
      severity: 'error',
      comment: 'main/desk is the platform-neutral core; hosts import it, never the other way round.',
      from: { path: '^main/desk/' },
      to: { path: `^main/(electron|browser)/|^main/(index|browser)\\.ts$|${packages('fastify', 'socket\\.io')}` },
    },
    {
      name: 'hosts-are-strangers',
      severity: 'error',
      comment: 'The hosts share the desk core and the rooms main/ipc, main/page and main/profile, never each other.',
      from: { path: '^main/(electron|browser)/' },
      to: { path: '^main/(electron|browser)/', pathNot: '^main/$1/' },
    },
    {
      name: 'shared-rooms-know-no-host',
      severity: 'error',
      comment: 'What both hosts use knows neither of them.',
      from: { path: '^main/(ipc|page|profile)/' },
      to: { path: '^main/(electron|browser)/|^main/(index|browser)\\.ts$' },
    },
    {
      name: 'demo-kinds-are-strangers',
      severity: 'error',
      comment: 'A pretend processor knows no other one, nor does a kind of chain know the other kind.',
      from: { path: '^demo/(chains|processors)/([^/]+)/' },
      to: { path: '^demo/$1/[^/]+/', pathNot: '^demo/$1/$2/' },
    },
    {
      name: 'sql-in-stores-only',
      severity: 'error',
      comment: 'All SQL of the gateway lives in gateway/store, all SQL of the desk in main/desk/journal.',
      from: {
        path: '^(contract|gateway|client|main|preload|renderer|demo|launch)/',
        pathNot: '^(gateway/store|main/desk/journal)/',
      },
      to: { path: sql },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|coverage)/' },
    // Imports of types count: a type from the wrong side is still knowledge of it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
    reporterOptions: { text: { highlightFocused: true } },
  },
};
