import { resolve } from 'node:path'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'

export default defineNuxtConfig({
  compatibilityDate: '2026-06-01',
  ssr: false,
  telemetry: false,
  devtools: { enabled: false },
  modules: ['@pinia/nuxt', '@pinia/colada-nuxt', '@nuxt/eslint'],
  // Own code is imported by name, so that every dependency shows in the file that has it.
  imports: { scan: false },
  components: [{ path: '~/components', pathPrefix: false, extensions: ['vue'] }],
  css: ['~/assets/css/main.css'],
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
  eslint: { config: { standalone: true } },
  vite: {
    plugins: [
      tailwindcss(),
      vueI18n({
        include: resolve('app/locales/**/*.json'),
        runtimeOnly: true,
        dropMessageCompiler: true,
        ssr: false,
      }),
    ],
    build: { sourcemap: false },
  },
  typescript: {
    strict: true,
    // What Node alone runs (config, tests, the local stack) is checked by tests/tsconfig.json.
    tsConfig: { include: ['../business/**/*.ts', '../tests/unit/app/**/*.ts'] },
  },
})
