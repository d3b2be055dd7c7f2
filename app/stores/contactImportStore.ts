import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import { useContactStore } from '~/stores/contactStore'
import type { ConsentContent } from '~~/business/models/consent.ts'
import type { ConsentFormInput } from '~~/business/models/consentForm.ts'
import { importLimits, type CheckedRows, type ColumnUse, type ContactFile, type FileFault, type RefusedRow } from '~~/business/models/import.ts'
import type { CountryCode } from '~~/business/models/phone.ts'
import { importContacts, newImportState } from '~~/business/services/contacts/importContacts.ts'
import { refusedRowsCsv } from '~~/business/services/contacts/refusedRowsCsv.ts'
import { createContactFileReader, type ContactFileReader } from './contactFileReader'

/**
 * One contact file on its way in: chosen, mapped, checked, sent, done. It lives here and not in the page, so that the
 * person can look at something else meanwhile and come back.
 */
export const useContactImportStore = defineStore('contactImport', () => {
  const { imports } = useDeps()
  const accounts = useAccountStore()
  const contactStore = useContactStore()

  const fileName = ref('')
  const file = shallowRef<ContactFile | null>(null)
  const fault = ref<FileFault | null>(null)
  const uses = ref<ColumnUse[]>([])
  const country = ref<CountryCode | null>(null)
  const zone = ref<string | null>(null)
  const consentInput = shallowRef<ConsentFormInput | null>(null)
  const consent = shallowRef<ConsentContent | null>(null)
  const checked = shallowRef<CheckedRows | null>(null)
  const sent = shallowRef(newImportState())
  const failure = shallowRef<unknown>(null)
  const step = ref<'choose' | 'reading' | 'check' | 'sending' | 'done'>('choose')
  let reader: ContactFileReader | null = null
  let question = 0

  const hasPhone = computed(() => uses.value.includes('phone'))
  const refused = computed<RefusedRow[]>(() =>
    [...(checked.value?.refused ?? []), ...sent.value.totals.refused].sort((a, b) => a.row - b.row),
  )

  async function choose(chosen: File) {
    reset()
    fileName.value = chosen.name
    // Before it is read: a film of some gigabytes would take the tab along.
    if (chosen.size > importLimits.bytes) return refuse('too_large')
    step.value = 'reading'
    reader = createContactFileReader()
    try {
      const { parsed, uses: guessed } = await reader.read(await chosen.arrayBuffer())
      if ('fault' in parsed) return refuse(parsed.fault)
      file.value = parsed.file
      uses.value = guessed
      step.value = 'check'
    } catch (error) {
      failure.value = error
      step.value = 'choose'
    }
  }

  function refuse(found: FileFault) {
    fault.value = found
    step.value = 'choose'
  }

  /** Every other use may be given to many columns; of each field of a contact there is one. */
  function use(column: number, chosen: ColumnUse) {
    const isShared = chosen === 'attribute' || chosen === 'ignore'
    uses.value = uses.value.map((current, index) =>
      index === column ? chosen : current === chosen && !isShared ? 'attribute' : current,
    )
  }

  watch([file, uses, country, zone], check)

  async function check() {
    const mine = ++question
    checked.value = null
    if (!file.value || !reader || !hasPhone.value || step.value !== 'check') return
    const { columns } = file.value
    try {
      const answer = await reader.check({ columns, uses: [...uses.value], country: country.value, default_time_zone: zone.value })
      if (mine === question) checked.value = answer
    } catch (error) {
      failure.value = error
    }
  }

  /** What was agreed to is recorded for every row that goes in; null records nothing. */
  function send(agreed: ConsentContent | null) {
    consent.value = agreed
    return goOn()
  }

  /** Also after a failure: what was sent already is not sent again. */
  async function goOn() {
    if (!checked.value) return
    failure.value = null
    step.value = 'sending'
    const account_id = accounts.requireId()
    const job = { account_id, file_name: fileName.value, default_time_zone: zone.value, consent: consent.value, rows: checked.value.good }
    // Whoever switches accounts meanwhile starts afresh there; this import goes on unseen.
    const mine = question
    const isMine = () => mine === question
    try {
      await importContacts({ imports }, job, sent.value, (state) => isMine() && (sent.value = state))
      if (isMine()) step.value = 'done'
    } catch (error) {
      if (isMine()) failure.value = error
    }
    await contactStore.refresh()
  }

  /** The refused rows as a file to correct and upload again; empty before there is a file. */
  const refusedFile = (reasonOf: (row: RefusedRow) => string) => (file.value ? refusedRowsCsv(file.value, refused.value, reasonOf) : '')

  function reset() {
    reader?.close()
    reader = null
    question += 1
    step.value = 'choose'
    file.value = null
    fault.value = null
    failure.value = null
    uses.value = []
    checked.value = null
    sent.value = newImportState()
  }

  watch(() => accounts.currentId, () => {
    reset()
    country.value = null
    zone.value = null
    consentInput.value = null
  })

  return {
    fileName, file, fault, uses, country, zone, consentInput, checked, sent, failure, step, hasPhone, refused, refusedFile,
    choose, use, send, goOn, reset,
  }
})
