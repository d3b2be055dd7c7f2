import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { useCallStore } from '~/stores/callStore'

/** The people who gave calls their dispositions, read when somebody wants to choose one or to read their name. */
export function useCallJudges(isWanted: () => boolean) {
  const { t } = useI18n()
  const accounts = useAccountStore()
  const store = useCallStore()
  const { data } = useQuery({ key: () => ['calls', accounts.currentId ?? '', 'judges'], query: () => store.listJudges(), enabled: isWanted })
  return { judges: computed(() => (data.value ?? []).map(({ id, name }) => ({ id, name: name ?? t('calls.filter.gone') }))) }
}
