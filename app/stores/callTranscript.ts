import { useI18n } from 'vue-i18n'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { formatDateTime, formatDuration } from '~/utils/format'
import { formatPhone } from '~/utils/formatPhone'
import { readAnalysis } from '~~/business/models/callAnalysis.ts'
import type { CallDetails } from '~~/business/models/callRecord.ts'
import type { TranscriptAbout } from '~~/business/services/calls/transcriptFile.ts'

/** A call's transcript as a file. What writes it arrives with the first. */
export function useTranscriptFile() {
  const { t } = useI18n()
  const accounts = useAccountStore()

  const meaningOf = ({ own_disposition, disposition }: CallDetails) => own_disposition ?? (disposition ? t(`calls.disposition.${disposition}`) : '')

  function aboutOf(call: CallDetails): TranscriptAbout {
    const fact = (name: string, text: string): [string, string] => [t(`calls.fields.${name}`), text]
    const speakers = { assistant: call.assistant_name, contact: call.outcome === 'voicemail' ? t('calls.transcript.machine') : call.contact_name || t('calls.transcript.contact') }
    return {
      title: t('calls.file.title', { name: call.contact_name || formatPhone(call.phone) }),
      account: accounts.account?.name ?? '',
      facts: [
        fact('phone', formatPhone(call.phone)),
        fact('time', formatDateTime(call.dialled_at ?? call.created_at, accounts.account?.time_zone ?? 'UTC')),
        fact('campaign', call.campaign_name ?? ''),
        fact('outcome', call.outcome ? t(`calls.outcome.${call.outcome}`) : ''),
        fact('disposition', meaningOf(call)),
        fact('talk', formatDuration(call.talk_seconds)),
      ].filter(([, text]) => text !== ''),
      summary: call.outcome === 'answered' ? readAnalysis(call.transcript).summary ?? '' : '',
      speakerOf: ({ role }) => speakers[role],
      timeOf: formatDuration,
      cut: t('calls.file.cut'),
      pageOf: (page, pages) => t('calls.file.page', { page, pages }),
      made_at: currentTime().toISOString(),
    }
  }

  return async function transcriptFile(call: CallDetails, format: 'txt' | 'pdf') {
    const { transcriptPdf, transcriptText } = await import('~~/business/services/calls/transcriptFile.ts')
    const [turns, about] = [call.transcript?.turns ?? [], aboutOf(call)]
    const name = `call-${call.id.slice(0, 8)}.${format}`
    if (format === 'txt') return { name, type: 'text/plain;charset=utf-8', content: transcriptText(turns, about) }
    return { name, type: 'application/pdf', content: await transcriptPdf(turns, about) as Uint8Array<ArrayBuffer> }
  }
}
