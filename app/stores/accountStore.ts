import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { writeAs } from '~/utils/format'
import { walletAfter, type Account, type AccountChange, type CompanyType, type Permission, type Wallet } from '~~/business/models/account.ts'
import type { AccountProfile } from '~~/business/models/accountProfile.ts'

const key = 'outdial-account'

/** The accounts of the signed-in person, the one this tab works in, and its minutes. */
export const useAccountStore = defineStore('account', () => {
  const { accounts: repository } = useDeps()
  const accounts = ref<Account[] | null>(null)
  const currentId = ref<string | null>(null)
  const wallet = ref<Wallet | null>(null)
  const account = computed(() => accounts.value?.find((a) => a.account_id === currentId.value) ?? null)
  watch(() => account.value?.format_style, (style) => style && writeAs(style), { flush: 'sync' })

  async function load() {
    accounts.value = await repository.list()
    const wanted = sessionStorage.getItem(key) ?? localStorage.getItem(key)
    const found = accounts.value.find((a) => a.account_id === wanted) ?? accounts.value.find((a) => a.status !== 'closed') ?? accounts.value[0]
    if (found) use(found.account_id)
    else currentId.value = null
  }

  /** Kept per tab, so that two tabs can show two companies; a new tab starts with the last one used. */
  function use(accountId: string) {
    if (accountId !== currentId.value) wallet.value = null
    currentId.value = accountId
    sessionStorage.setItem(key, accountId)
    localStorage.setItem(key, accountId)
  }

  async function open(companyName: string, companyType: CompanyType) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const { account_id } = await repository.open(companyName, zone, companyType)
    await join(account_id)
  }

  async function save(content: AccountProfile) {
    await repository.save(requireId(), content)
    await load()
  }

  /** What the person may do is another thing afterwards. */
  async function close(name: string) {
    await repository.close(requireId(), name)
    await load()
  }

  async function erase(name: string) {
    await repository.erase(requireId(), name)
    await load()
  }

  async function reopen() {
    await repository.reopen(requireId())
    await load()
  }

  async function loadWallet() {
    const accountId = requireId()
    const read = await repository.getWallet(accountId)
    if (currentId.value === accountId) wallet.value = read
  }

  /** Whoever was given another role has other buttons at once, as has everybody in an account that was suspended; whose membership ended has none. */
  async function apply(change: AccountChange) {
    if (change.account_id !== currentId.value) return
    wallet.value = walletAfter(change)
    if (change.team_changed_at !== account.value?.team_changed_at) await load()
  }

  /** The current account's id, for calls that need one; pages behind the account middleware always have it. */
  function requireId(): string {
    if (!currentId.value) throw new Error('No current account: this page needs the account middleware')
    return currentId.value
  }

  /** Whoever joins an account by an invitation goes on in it. */
  async function join(accountId: string) {
    use(accountId)
    await load()
  }

  const can = (permission: Permission) => account.value?.permissions.includes(permission) ?? false

  return { accounts, account, currentId, wallet, load, use, open, save, close, erase, reopen, join, loadWallet, apply, requireId, can }
})
