import { resolve } from 'node:path'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'
import { leaveOut } from './config/leaveOut'
import { sharedChunks } from './config/sharedChunks'
import { textsOfModules } from './config/textsOfModules'

export default defineNuxtConfig({
  modules: ['@pinia/nuxt', '@pinia/colada-nuxt', '@nuxt/eslint'],
  ssr: false,
  components: [{ path: '~/components', pathPrefix: false, extensions: ['vue'] }],
  // Own code is imported by name, so that every dependency shows in the file that has it.
  imports: { scan: false },
  devtools: { enabled: false },
  app: {
    head: {
      htmlAttrs: { lang: 'en' },
      title: 'Outdial',
      meta: [
        { name: 'viewport', content: 'width=device-width, initial-scale=1' },
        { name: 'description', content: 'Outbound phone campaigns with AI voice agents.' },
        { name: 'color-scheme', content: 'light dark' },
      ],
      link: [{ rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }],
      // Written by whoever serves the app, so that one build runs anywhere. The theme script runs before the
      // first paint; both are files because the content security policy allows no unknown inline script.
      script: [{ src: '/config.js' }, { src: '/theme.js' }],
    },
  },
  css: ['~/assets/css/main.css'],
  // Nothing here has route rules, payloads or islands; the manifest would only be fetched and polled.
  experimental: { appManifest: false, payloadExtraction: false, componentIslands: false },
  compatibilityDate: '2026-06-01',
  vite: {
    // Our components and those of reka-ui are written with setup(); the older API is 3 kB of every first visit.
    define: { __VUE_OPTIONS_API__: false },
    plugins: [
      leaveOut(),
      textsOfModules(),
      tailwindcss(),
      vueI18n({
        include: resolve('app/locales/**/*.json'),
        runtimeOnly: true,
        dropMessageCompiler: true,
        fullInstall: false,
        ssr: false,
      }),
    ],
    build: {
      sourcemap: false,
      rolldownOptions: {
        output: sharedChunks,
        // Unused here, but they call something while loading, which keeps them in the entry.
        treeshake: { moduleSideEffects: [{ test: /nuxt\/dist\/app\/composables\/(asyncData|fetch)\.js$/, sideEffects: false }] },
      },
    },
  },
  typescript: {
    strict: true,
    // What Node alone runs (config, tests, the local stack) is checked by tests/tsconfig.json.
    tsConfig: {
      include: ['../business/**/*.ts', '../tests/unit/app/**/*.ts'],
      compilerOptions: { noImplicitReturns: true, noFallthroughCasesInSwitch: true, noUnusedLocals: true },
    },
  },
  telemetry: false,
  hooks: {
    // Nuxt's own fetch, a library of 4 kB, would be global on every page; repositories use the browser's.
    'app:templates': ({ templates }) => {
      const own = templates.find(({ filename }) => filename === 'fetch.mjs')
      if (own) own.getContents = () => 'export const $fetch = undefined'
    },
    // Without a server every page is the same shell: 200.html serves them all, copies per route would only grow stale.
    'prerender:routes': ({ routes }) => {
      for (const route of routes) if (!route.endsWith('.html')) routes.delete(route)
    },
  },
  // ESLint also formats: one tool, one run, and lines stay where a reader wants them.
  eslint: { config: { standalone: true, stylistic: { indent: 2, quotes: 'single', semi: false, arrowParens: true, braceStyle: '1tbs', commaDangle: 'always-multiline', quoteProps: 'as-needed' } } },
})
