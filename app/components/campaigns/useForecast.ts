import { useQuery } from '@pinia/colada'
import { computed, onScopeDispose, watch } from 'vue'
import { usePermissions } from '~/composables/usePermissions'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'
import { createForecastPlayer } from '~/stores/forecastPlayer'
import { soon } from '~/utils/soon'
import type { CampaignDetails } from '~~/business/models/campaign.ts'
import type { Forecast, ForecastFacts } from '~~/business/models/forecast.ts'

/** A running campaign changes many times a second; a forecast that changes more often than this helps nobody. */
const restMs = 20_000

/**
 * The forecast of a campaign: facts from the database, played in a worker. Worked out anew on demand, when the campaign's state or
 * settings change, and now and then while its counters move. Not under the key of the campaigns, which are read afresh at every event.
 */
export function useForecast(campaign: () => CampaignDetails) {
  const store = useCampaignStore()
  const accounts = useAccountStore()
  const { can } = usePermissions()
  const player = createForecastPlayer()
  onScopeDispose(() => player.close())

  async function play() {
    const facts = await store.getForecastFacts(campaign().id)
    const forecast = await player.forecast(facts)
    keep(forecast)
    return { facts, forecast }
  }

  /** The first forecast after a start is what it is held against later; the database says which one that is. Nobody waits for it. */
  function keep({ people, seconds, dials, answered, finishes_at }: Forecast) {
    const { id, status, kept_forecast } = campaign()
    if (kept_forecast || people === 0 || !['scheduled', 'active'].includes(status) || !can('campaigns.run')) return
    store.keepForecast(id, { people, seconds, dials, answered, finishes_at }).catch(() => undefined)
  }
  const { data, error, isPending, asyncStatus, refetch } = useQuery({
    key: () => ['forecast', accounts.currentId ?? '', campaign().id],
    query: play,
    staleTime: 0,
  })

  const again = soon(() => refetch(), restMs)
  watch(() => JSON.stringify([campaign().counters, campaign().used_seconds]), again)
  watch(() => settingsOf(campaign()), () => void refetch())

  const isBusy = computed(() => asyncStatus.value === 'loading')
  return { data, error, isPending, isBusy, refetch, rehearse: (facts: ForecastFacts, seed: number) => player.rehearse(facts, seed) }
}

/** What people change about a campaign. */
const settings = ['status', 'launch_at', 'priority', 'max_attempts', 'retries', 'windows', 'blackout_dates', 'starts_at', 'ends_at', 'concurrency_max',
  'daily_cap', 'budget_seconds'] as const

function settingsOf(campaign: CampaignDetails): string {
  return JSON.stringify(settings.map((name) => campaign[name]))
}
