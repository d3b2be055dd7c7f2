import { toValue, type MaybeRefOrGetter } from 'vue'

/** The title of the tab; screen readers announce it after each change of page. */
export function usePageTitle(title: MaybeRefOrGetter<string>) {
  useHead({ title: () => `${toValue(title)} · Outdial` })
}
