import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { useAssistantStore } from '~/stores/assistantStore'
import type { AssistantContent, AssistantDetails, AssistantVersion } from '~~/business/models/assistant.ts'

/** In the place of a number: what is not published yet. */
const draft = 'draft'

/** The two texts that are compared, kept in the address. At first: what is newest, against what was there before it. */
export function useVersionPair(assistantId: string, versions: () => readonly AssistantVersion[], assistant: () => AssistantDetails | undefined) {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const store = useAssistantStore()
  const accounts = useAccountStore()

  const options = computed(() => [
    ...(assistant()?.status === 'changed' ? [{ value: draft, label: t('assistants.versions.draft') }] : []),
    ...versions().map(({ version }) => ({ value: String(version), label: t('assistants.card.version', { version }) })),
  ])
  const known = (value: unknown) => options.value.find((option) => option.value === value)?.value
  const to = choice('to', () => known(route.query.to) ?? options.value[0]?.value ?? null)
  const from = choice('from', () => known(route.query.from) ?? before(to.value))

  function before(value: string | null): string | null {
    const place = options.value.findIndex((option) => option.value === value)
    return options.value[place + 1]?.value ?? value
  }

  function choice(key: 'from' | 'to', get: () => string | null) {
    return computed({ get, set: (value) => void router.replace({ query: { ...route.query, [key]: value ?? undefined } }) })
  }

  function textOf(side: () => string | null) {
    return useQuery({
      key: () => ['assistants', accounts.currentId ?? '', 'words', assistantId, side() === draft ? `draft ${assistant()?.revision}` : (side() ?? '')],
      query: async (): Promise<AssistantContent> => {
        const unpublished = side() === draft ? assistant()?.content : undefined
        return unpublished ?? store.getVersion(assistantId, Number(side()))
      },
      enabled: () => side() !== null,
    })
  }

  const [earlier, later] = [textOf(() => from.value), textOf(() => to.value)]
  return {
    options, from, to,
    before: earlier.data,
    after: later.data,
    error: computed(() => [earlier, later].find(({ error, data }) => error.value && !data.value)?.error.value ?? null),
    refetch: () => void Promise.all([earlier.refetch(), later.refetch()]),
    /** A version against the one before it. */
    show: (version: number) => void router.replace({ query: { to: String(version) } }),
  }
}
