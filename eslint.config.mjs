import { fileURLToPath } from 'node:url'
import { importX, createNodeResolver } from 'eslint-plugin-import-x'
import withNuxt from './.nuxt/eslint.config.mjs'
import { importZones } from './config/importZones.ts'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const extensions = ['.ts', '.mjs', '.js', '.vue', '.json']

/** Left to itself the plugin does not know our extensions and aliases and finds nothing; tests/unit/config/lint.test.ts would tell. */
const importSettings = {
  'import-x/resolver-next': [createNodeResolver({ extensions, alias: { '~~': [at('.')], '~': [at('app')] } })],
  'import-x/extensions': extensions,
  'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'vue-eslint-parser': ['.vue'] },
  'import-x/external-module-folders': ['node_modules'],
}

const sizes = { skipBlankLines: true, skipComments: true }

export default withNuxt(
  { ignores: ['business/repositories/database.types.ts', 'supabase/.temp/**', 'tests/unit/config/fixtures/**'] },
  {
    name: 'outdial/rules',
    files: ['**/*.{ts,mjs,vue}'],
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX },
    settings: importSettings,
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: at('.'), zones: importZones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'import-x/no-duplicates': 'error',
      'max-lines': ['error', { max: 250, ...sizes }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      complexity: ['error', 15],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: 'error',
      '@stylistic/max-statements-per-line': ['error', { max: 2 }],
      '@stylistic/max-len': ['error', { code: 160, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: '( class="|^\\s*<(path|svg) |^\\s*(/?\\*|//))' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Inside a factory (store, composable, repository, test suite) the outer function is the module: its parts are what counts.
    name: 'outdial/function-size',
    files: ['{app,business,config,supabase}/**/*.{ts,vue}'],
    ignores: ['app/{stores,composables}/**', 'business/{repositories,gateways}/**', 'supabase/local/**'],
    rules: { 'max-lines-per-function': ['error', { max: 40, ...sizes }] },
  },
  {
    // What a terminal or the function host reads is written with console; lite prescribes the shape of its storage adapter.
    name: 'outdial/local-stack',
    files: ['supabase/local/**', 'supabase/functions/_shared/log.ts'],
    rules: { 'no-console': 'off', 'max-params': ['error', 6] },
  },
  {
    name: 'outdial/tests',
    files: ['tests/**'],
    rules: { 'max-lines': ['error', { max: 400, ...sizes }] },
  },
  {
    name: 'outdial/vue',
    files: ['**/*.vue'],
    rules: {
      'max-lines': ['error', { max: 200, ...sizes }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/custom-event-name-casing': ['error', 'camelCase'],
      'vue/define-macros-order': 'off',
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      // A tag that fits on a line stays on a line: max-len says when it does not.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always', component: 'always' } }],
    },
  },
)
