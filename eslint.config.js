import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Time and randomness are arguments: a test can then hold them still and a seed replays a run exactly. */
const useTheClock = 'Take time and randomness from main/desk/clock, as arguments.';

const noReExports = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that holds the thing.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that holds the thing.' },
];

const clockProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
  ['crypto', 'getRandomValues'],
  ['globalThis', 'setTimeout'],
  ['globalThis', 'setInterval'],
  ['AbortSignal', 'timeout'],
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.cache/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Data from outside is checked even where its type promises more.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // An async function without await still turns a throw into a rejection, which an interface may ask for.
      '@typescript-eslint/require-await': 'off',
      // A type parameter used once can still name what a caller has to say.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'no-restricted-syntax': ['error', ...noReExports],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true, IIFEs: true }],
    },
  },
  {
    files: ['main/desk/**/*.ts', 'contract/**/*.ts'],
    ignores: ['main/desk/clock/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'performance'].map((name) => ({ name, message: useTheClock })),
      ],
      'no-restricted-properties': [
        'error',
        ...clockProperties.map(([object, property]) => ({ object, property, message: useTheClock })),
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:timers', 'node:timers/promises', 'node:perf_hooks', 'timers', 'timers/promises'].map(
            (name) => ({ name, message: useTheClock }),
          ),
        },
      ],
      'no-restricted-syntax': [
        'error',
        ...noReExports,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: useTheClock },
        { selector: "CallExpression[callee.name='Date']", message: useTheClock },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // A component's markup is one expression; cutting it up by length alone makes it harder to read.
    files: ['renderer/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['tests/**/*.ts', 'tests/**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // expect.any(), expect.objectContaining() and their like are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // The command lines: what they print is their purpose.
    files: [
      'gateway/index.ts',
      'demo/index.ts',
      'main/index.ts',
      'main/browser.ts',
      'launch/**/*.ts',
      'packaging/{check,stage,write-licenses}.ts',
      'docs/api/**/*.ts',
      'tests/run.ts',
      'tests/setup-browser.ts',
      'tests/faults/run.ts',
      'tests/bench/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Their tools take a default export and nothing else.
    files: ['*.config.ts', 'tests/support/build-page-first.ts', 'tests/support/e2e/brief-reporter.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/util.*', '**/utils.*', '**/helpers.*', '**/misc.*', '**/common.*', '**/{util,utils,misc,common}/**'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'Program', message: 'Name a file after the one thing it holds.' }],
    },
  },
);
