import { useI18n } from 'vue-i18n'
import { useDeps } from '~/composables/useDeps'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { formatClock, formatDay, formatExact } from '~/utils/format'
import { formatPhone } from '~/utils/formatPhone'
import type { DialProof } from '~~/business/models/dialProof.ts'
import type { Period } from '~~/business/models/ledger.ts'
import { addDays } from '~~/business/models/localTime.ts'
import { regionName } from '~~/business/models/region.ts'
import { proofReport, type ProofReport, type ProofWords } from '~~/business/services/contacts/proofReport.ts'

export type { ProofReport }

export interface ProofQuestion {
  phone: string
  /** As people call them; empty where nobody said. */
  contact: string
  period: Period
}

/** What was decided about a number, in words; as a page, as a document, and as data. What writes documents arrives with the first. */
export function useContactProof() {
  const { calls } = useDeps()
  const { t } = useI18n()
  const accounts = useAccountStore()
  const zone = () => accounts.account?.time_zone ?? 'UTC'

  const words: ProofWords = {
    say: (key, facts = {}) => t(`proof.${key}`, facts),
    momentOf: (iso) => formatExact(iso, zone()),
    localOf: (local) => formatExact(`${local}Z`, 'UTC').replace(/ UTC$/, ''),
    clockOf: formatClock,
    dayOf: formatDay,
    regionOf: regionName,
    phoneOf: formatPhone,
  }

  /** Whole days of the account's calendar. The database knows where they begin, also on the day on which the clocks change. */
  function prove({ phone, period: { from_day, to_day } }: Pick<ProofQuestion, 'phone' | 'period'>): Promise<DialProof> {
    return calls.prove(accounts.requireId(), phone, `${from_day} 00:00 ${zone()}`, `${addDays(to_day, 1)} 00:00 ${zone()}`)
  }

  const nameOf = ({ phone, period: { from_day, to_day } }: ProofQuestion, format: string) =>
    `proof-${phone.replace('+', '')}-${from_day}-to-${to_day}.${format}`

  async function pdf(proof: DialProof, question: ProofQuestion) {
    const { proofPdf } = await import('~~/business/services/contacts/proofPdf.ts')
    const about = {
      phone: question.phone,
      contact: question.contact,
      account: accounts.account?.name ?? '',
      from: formatDay(question.period.from_day),
      until: formatDay(question.period.to_day),
      time_zone: zone(),
      made_at: currentTime().toISOString(),
    }
    const content = await proofPdf(reportOf(proof), about, words) as Uint8Array<ArrayBuffer>
    return { name: nameOf(question, 'pdf'), type: 'application/pdf', content }
  }

  /** As the database answers, with who asked about whom. */
  function json(proof: DialProof, question: ProofQuestion) {
    const about = { made_at: currentTime().toISOString(), account_id: accounts.requireId(), account: accounts.account?.name, contact: question.contact }
    return { name: nameOf(question, 'json'), type: 'application/json', content: JSON.stringify({ ...about, proof }, null, 2) }
  }

  const reportOf = (proof: DialProof): ProofReport => proofReport(proof, words)

  return { prove, reportOf, pdf, json }
}
