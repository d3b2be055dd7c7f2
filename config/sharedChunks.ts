import type { BuildEnvironmentOptions } from 'vite'

type Output = NonNullable<BuildEnvironmentOptions['rolldownOptions']>['output']

/** What many pages are made of: our parts, what they are built on, and the words and numbers they write. */
const parts = /\/app\/(components\/(ui|shared)|utils|composables)\/|\/node_modules\/(reka-ui|@lucide|class-variance-authority)\//
/** Parts that stand on something large which only some pages need: tables of phone numbers, the machinery of forms. */
const onLibraries = /formatPhone|usePersonText|useForm|shared\/Form/
const models = /\/business\/(models|repositories)\/|\/app\/stores\//
/** Models of what people write stand on those libraries too, and an import brings the worker that reads files. */
const ofForms = /[fF]orm|[pP]hone|pastedNumbers|ownNumber|contactFile|[iI]mport\w*\.ts|countryOfCompany|doNotCallStore/

/** Of so few pages a part stays with them, so that nobody loads it for nothing; a model is smaller than its request. */
const pagesMin = 4
const modelPagesMin = 3

/**
 * Left to itself the bundler gives each set of pages that share something a file of its own: 127 requests for one page, most of
 * them below a kilobyte. What four or more share is one file instead; the entry keeps what every visit needs and nothing else.
 * A group takes along what its files import, so whatever is large and not for every page has a group before it.
 */
export const sharedChunks: Output = {
  codeSplitting: {
    groups: [
      { name: 'entry', tags: ['$initial'], priority: 7 },
      // Two tables of numbers: the small one to write them, the large one to judge what somebody typed.
      { name: 'phoneTables', test: /libphonenumber-js\/(metadata\.max|max)/, includeDependenciesRecursively: false, priority: 6 },
      { name: 'phones', test: /libphonenumber-js|formatPhone/, priority: 5 },
      // Of a feature that is nearly everywhere; the others come with the pages that show them (textsOfModules.ts).
      { name: 'texts', test: /virtual:texts|\/app\/locales\/en\//, minShareCount: 14, priority: 4 },
      { name: 'schemas', test: /\/node_modules\/zod\//, priority: 4 },
      { name: 'parts', test: (id) => parts.test(id) && !onLibraries.test(id), minShareCount: pagesMin, priority: 3 },
      { name: 'icons', test: /\/node_modules\/@lucide\//, minShareCount: 2, priority: 3 },
      { name: 'forms', test: /\/node_modules\/@tanstack\/|composables\/useForm|shared\/Form/, priority: 2 },
      { name: 'models', test: (id) => models.test(id) && !ofForms.test(id), minShareCount: modelPagesMin, includeDependenciesRecursively: false, priority: 1 },
    ],
  },
}
