import { forecastCampaign } from '~~/business/services/campaigns/forecast/forecastCampaign.ts'
import { rehearseCampaign } from '~~/business/services/campaigns/forecast/rehearseCampaign.ts'
import type { PlayRequest } from './forecastPlayer'

/** The other end of forecastPlayer. Each question brings the port its answer goes to. */
addEventListener('message', ({ data, ports }: MessageEvent<PlayRequest>) => {
  ports[0]?.postMessage(data.kind === 'forecast' ? forecastCampaign(data.facts) : rehearseCampaign(data.facts, data.seed))
})
