import { AudioLinesIcon, ContactIcon, MegaphoneIcon } from '@lucide/vue'
import { useQuery } from '@pinia/colada'
import { refDebounced } from '@vueuse/core'
import { computed, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { useAccountStore } from '~/stores/accountStore'
import { useSearchStore } from '~/stores/searchStore'
import { pathOf, thingKinds, type FoundThing } from '~~/business/models/search.ts'
import type { Command, CommandGroup } from './commands'

const icons = { campaign: MegaphoneIcon, contact: ContactIcon, assistant: AudioLinesIcon }
const pages = { campaign: 'campaigns', contact: 'contacts', assistant: 'assistants' } as const
/** Nobody reads what comes between two strokes. */
const pauseMs = 150

/**
 * What the database finds for what is typed, or with nothing typed what was opened last. Only answers to what stands there now are
 * shown: whoever presses Enter must not open what fitted a moment ago.
 */
export function useThings(typed: Ref<string>, isOpen: Ref<boolean>) {
  const { t } = useI18n()
  const router = useRouter()
  const accounts = useAccountStore()
  const store = useSearchStore()
  const words = computed(() => typed.value.trim())
  const asked = refDebounced(words, pauseMs)

  const recent = ref<string[]>([])
  watch(isOpen, (open) => open && (recent.value = store.recentIds()), { immediate: true })

  const { data, error, asyncStatus, refetch } = useQuery({
    key: () => ['things', accounts.currentId ?? '', asked.value, asked.value ? '' : recent.value.join()],
    query: () => (asked.value ? store.find(asked.value) : store.findRecent(recent.value)),
  })
  const isSearching = computed(() => asked.value !== words.value || (asyncStatus.value === 'loading' && !data.value))
  const found = computed(() => (asked.value === words.value && data.value ? data.value : []))

  function commandOf(thing: FoundThing): Command {
    const status = thing.status ? t(`campaigns.status.${thing.status}`) : thing.is_archived ? t('shell.commands.archived') : ''
    return {
      key: thing.id, label: thing.title || thing.detail || t('shell.commands.unnamed'), detail: thing.title ? (thing.detail ?? '') : '', note: status,
      icon: icons[thing.kind], run: () => router.push(pathOf(thing)),
    }
  }

  const groups = computed<CommandGroup[]>(() => {
    if (!words.value) return [{ name: 'recent', label: t('shell.commands.recent'), commands: found.value.map(commandOf) }]
    return thingKinds.map((kind) => ({
      name: kind as string, label: t(`shell.menu.${pages[kind]}`), commands: found.value.filter((thing) => thing.kind === kind).map(commandOf),
    }))
  })

  return { groups, isSearching, error: computed(() => (isSearching.value ? null : error.value)), retry: () => void refetch() }
}
