import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { CountryCode } from '~~/business/models/phone.ts'
import { listNumbers } from '~~/business/services/contacts/listNumbers.ts'

/** The do-not-call list of the current account. Each change of it changes who waits in which campaign. */
export const useDoNotCallStore = defineStore('doNotCall', () => {
  const { doNotCall } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('contacts', 'do-not-call', 'campaigns')

  /** What reads files arrives with the first one. */
  async function readFile(file: File, country: CountryCode | null) {
    const { createContactFileReader } = await import('./contactFileReader')
    const reader = createContactFileReader()
    try {
      return await reader.numbers(file, country)
    } finally {
      reader.close()
    }
  }

  return {
    readFile,
    list: (text: string, cursor: unknown) => doNotCall.list({ account_id: accounts.requireId(), text }, cursor),
    history: (phone: string) => doNotCall.history(accounts.requireId(), phone),
    add: (phone: string, reason: string) => run(doNotCall.add(accounts.requireId(), phone, reason)),
    addMany: (phones: string[], reason: string, onProgress: (sentCount: number) => void) =>
      run(listNumbers({ doNotCall }, { account_id: accounts.requireId(), phones, reason }, onProgress)),
    remove: (phone: string, reason: string) => run(doNotCall.remove(accounts.requireId(), phone, reason)),
  }
})
