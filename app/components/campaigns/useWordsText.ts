import { useI18n } from 'vue-i18n'
import { languageName } from '~/components/assistants/languageName'
import { useAssistantContext } from '~/components/assistants/useAssistantContext'
import type { CampaignWords } from '~~/business/models/campaignWords.ts'

/** What a campaign says over its assistant, in short sentences. */
export function useWordsText() {
  const { t } = useI18n()
  const { voices } = useAssistantContext()

  return (words: CampaignWords & { uses_preferred_assistants: boolean }): string[] => {
    const voice = voices.data.value?.find(({ id }) => id === words.voice_id)
    const asked = words.qualification.length
    const said = [
      words.prompt.trim() && t('campaigns.words.adds'),
      words.language && t('campaigns.words.in_language', { language: languageName(words.language) }),
      voice && t('campaigns.words.in_voice', { name: voice.name }),
      words.record_calls !== null && t(words.record_calls ? 'campaigns.words.recorded_all' : 'campaigns.words.recorded_none'),
      asked > 0 && t('campaigns.words.asks', { count: asked }, asked),
    ].filter((sentence): sentence is string => Boolean(sentence))
    const lines = said.length > 0 ? [said.join(' ')] : [t('campaigns.words.as_assistant')]
    return words.uses_preferred_assistants ? [...lines, t('campaigns.words.preferred_on')] : lines
  }
}
