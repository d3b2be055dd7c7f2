import type { BuildEnvironmentOptions } from 'vite'

type Output = NonNullable<BuildEnvironmentOptions['rolldownOptions']>['output']

/** What many pages are made of: our parts, what they are built on, and the words and numbers they write. */
const parts = /\/app\/(components\/(ui|shared)|utils|composables)\/|\/node_modules\/(reka-ui|@lucide|class-variance-authority)\//

/** Of so few pages a part stays with them, so that nobody loads it for nothing. */
const pagesMin = 4

/**
 * Left to itself the bundler gives each set of pages that share something a file of its own: 127 requests for one page, most of
 * them below a kilobyte. What four or more share is one file instead; the entry keeps what every visit needs and nothing else.
 */
export const sharedChunks: Output = {
  codeSplitting: {
    groups: [
      { name: 'entry', tags: ['$initial'], priority: 2 },
      { name: 'parts', test: parts, minShareCount: pagesMin, priority: 1 },
    ],
  },
}
