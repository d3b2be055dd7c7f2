import { ArchiveIcon, ArchiveRestoreIcon, CalendarClockIcon, CalendarXIcon, CopyIcon, PauseIcon, PencilIcon, PlayIcon, RefreshCwIcon, SquareIcon, Trash2Icon } from '@lucide/vue'
import { computed, ref, type Component } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePermissions } from '~/composables/usePermissions'
import { useErrorToast } from '~/composables/useErrorToast'
import { useToast } from '~/composables/useToast'
import { useCampaignStore } from '~/stores/campaignStore'
import { campaignTransitions, openStatuses, type Campaign, type CampaignDetails } from '~~/business/models/campaign.ts'
import { setupPlace } from './setupSteps'

/** What is asked once more, or asks something itself. */
export type CampaignQuestion = 'start' | 'stop' | 'delete' | 'archive' | 'duplicate' | 'schedule'

interface Choice {
  key: string
  icon: Component
  isOffered: boolean
  to?: string
  run?: () => unknown
  isDestructive?: boolean
}

/** What a person may do about a campaign now, as a menu offers it. details: where the page knows more than a list does. */
export function useCampaignMenu(campaign: () => Campaign, details: () => CampaignDetails | null) {
  const { t } = useI18n()
  const store = useCampaignStore()
  const toast = useToast()
  const showError = useErrorToast()
  const { can } = usePermissions()
  const asked = ref<CampaignQuestion | null>(null)
  const ask = (question: CampaignQuestion) => () => (asked.value = question)
  const status = computed(() => campaign().status)
  const isNew = computed(() => status.value === 'draft' || status.value === 'scheduled')
  const mayBecome = (wanted: Campaign['status']) => can('campaigns.run') && campaignTransitions[status.value].includes(wanted)
  /** A running campaign keeps the assistant it was started with; while it is paused it can take over what was changed since. */
  const hasNewVersion = computed(() => (details()?.newest_assistant_version ?? 0) > (details()?.assistant_version ?? 0))

  async function run(command: () => Promise<unknown>) {
    try {
      await command()
    } catch (error) {
      showError(error)
    }
  }

  const repin = () => store.repin(campaign().id)
    .then(({ version }) => toast.success(t('campaigns.repin.done', { name: campaign().assistant_name, version })))

  /** Where there is no button for it. */
  const running = computed<Choice[]>(() => [
    { key: 'start', icon: PlayIcon, isOffered: isNew.value && can('campaigns.run'), run: ask('start') },
    { key: 'pause', icon: PauseIcon, isOffered: mayBecome('paused'), run: () => run(() => store.pause(campaign().id)) },
    { key: 'resume', icon: PlayIcon, isOffered: status.value === 'paused' && can('campaigns.run'), run: () => run(() => store.resume(campaign().id)) },
  ])
  const others = computed<Choice[]>(() => [
    { key: 'edit', icon: PencilIcon, isOffered: can('campaigns.edit') && openStatuses.includes(status.value), to: editPlace(campaign()) },
    { key: 'schedule', icon: CalendarClockIcon, isOffered: can('campaigns.run') && isNew.value && details() !== null, run: ask('schedule') },
    { key: 'unschedule', icon: CalendarXIcon, isOffered: can('campaigns.run') && status.value === 'scheduled', run: () => run(() => store.unschedule(campaign().id)) },
    { key: 'repin', icon: RefreshCwIcon, isOffered: can('campaigns.edit') && status.value === 'paused' && hasNewVersion.value, run: () => run(repin) },
    { key: 'duplicate', icon: CopyIcon, isOffered: can('campaigns.edit'), run: ask('duplicate') },
    { key: 'archive', icon: ArchiveIcon, isOffered: mayBecome('archived'), run: ask('archive') },
    { key: 'unarchive', icon: ArchiveRestoreIcon, isOffered: status.value === 'archived' && can('campaigns.run'), run: () => run(() => store.unarchive(campaign().id)) },
    { key: 'stop', icon: SquareIcon, isOffered: mayBecome('stopped'), isDestructive: true, run: ask('stop') },
    { key: 'delete', icon: Trash2Icon, isOffered: can('campaigns.edit'), isDestructive: true, run: ask('delete') },
  ])
  return { asked, running, others }
}

/** A draft is written in the wizard; what has begun is changed on one page. */
export const editPlace = ({ id, status }: Pick<Campaign, 'id' | 'status'>): string => (status === 'draft' ? setupPlace(id, 'basics') : `/campaigns/${id}/edit`)
