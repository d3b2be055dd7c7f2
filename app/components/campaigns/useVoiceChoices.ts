import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { languageName } from '~/components/assistants/languageName'
import { useAssistantContext } from '~/components/assistants/useAssistantContext'
import { useAccountStore } from '~/stores/accountStore'
import { useAssistantStore } from '~/stores/assistantStore'
import type { CampaignFormHandle } from './campaignFormHandle'

/** No value of a Select may be empty. */
export const assistantsOwn = 'own'

/** The languages and voices that a campaign can choose over its assistant, the assistant's own first. */
export function useVoiceChoices(form: CampaignFormHandle) {
  const { t } = useI18n()
  const store = useAssistantStore()
  const accounts = useAccountStore()
  const { voices: all } = useAssistantContext()
  const assistants = useQuery({ key: () => ['assistants', accounts.currentId ?? '', 'list'], query: store.list })

  const own = computed(() => assistants.data.value?.find(({ id }) => id === form.values.assistant_id))
  const ofAssistant = (value: string | undefined) => ({ value: assistantsOwn, label: value ? t('campaigns.words.own_value', { value }) : t('campaigns.words.own') })
  const spoken = computed(() => form.values.language ?? own.value?.language ?? null)

  const languages = computed(() => {
    const tags = new Set((all.data.value ?? []).map(({ language }) => language))
    return [ofAssistant(own.value && languageName(own.value.language)), ...[...tags].map((tag) => ({ value: tag, label: languageName(tag) }))]
  })
  /** The chosen one stays in sight when the language changes under it. */
  const voices = computed(() => {
    const fitting = (all.data.value ?? []).filter(({ id, language }) => !spoken.value || isSame(language, spoken.value) || id === form.values.voice_id)
    return [ofAssistant(own.value?.voice_name), ...fitting.map(({ id, name, description }) => ({ value: id, label: name, description }))]
  })
  const voice = computed(() => all.data.value?.find(({ id, name }) => (form.values.voice_id ? id === form.values.voice_id : name === own.value?.voice_name)))
  const isForeign = computed(() => {
    const isChosen = Boolean(form.values.voice_id || form.values.language)
    return isChosen && voice.value !== undefined && spoken.value !== null && !isSame(voice.value.language, spoken.value)
  })
  const names = computed(() => ({ name: voice.value?.name ?? '', language: languageName(spoken.value ?? '') }))

  return { languages, voices, isForeign, names }
}

/** "en-US" is English, too. */
const isSame = (one: string, other: string) => one.split('-')[0] === other.split('-')[0]
