import {
  BellIcon, Building2Icon, CirclePlusIcon, FileSpreadsheetIcon, GaugeIcon, ListOrderedIcon, LogOutIcon, MonitorIcon, MoonIcon,
  PauseIcon, PhoneCallIcon, PhoneOffIcon, PlayIcon, PlusIcon,
  RadioIcon, ReceiptTextIcon, ScrollTextIcon, SunIcon, TagsIcon, UploadIcon, UserPlusIcon,
} from '@lucide/vue'
import { useQueryCache } from '@pinia/colada'
import { computed, type Component } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { useAccountSwitch } from '~/composables/useAccountSwitch'
import { useErrorToast } from '~/composables/useErrorToast'
import { useIsOperator } from '~/composables/useIsOperator'
import { usePermissions } from '~/composables/usePermissions'
import { useSignOut } from '~/composables/useSignOut'
import { themes, useTheme } from '~/composables/useTheme'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'
import type { CampaignDetails } from '~~/business/models/campaign.ts'
import { thingAt } from '~~/business/models/search.ts'
import { billingEntry, menu, settingsEntry, topUpPlace } from './menu'

export interface Command {
  /** What makes it another one than the rest of the menu. */
  key: string
  label: string
  icon: Component
  /** Tells two of one name apart; searched as the label is. */
  detail?: string
  /** How it stands, at the end of the line. */
  note?: string
  run: () => unknown
}

export interface CommandGroup {
  name: string
  label: string
  commands: Command[]
}

const themeIcons = { light: SunIcon, dark: MoonIcon, system: MonitorIcon }

/** Where one can go and what can be done from anywhere, as far as the person may. */
export function useCommands({ addContact }: { addContact: () => void }) {
  const { t } = useI18n()
  const { theme } = useTheme()
  const accounts = useAccountStore()
  const switchTo = useAccountSwitch()
  const pages = usePageCommands()
  const actions = useActions(addContact)
  const signOut = useSignOut()

  const switchable = computed<Command[]>(() =>
    (accounts.accounts ?? [])
      .filter(({ account_id }) => account_id !== accounts.currentId)
      .map(({ account_id, name }) => ({ key: account_id, label: name, icon: Building2Icon, run: () => switchTo(account_id) })),
  )
  const looks = computed<Command[]>(() =>
    themes.map((value) => ({ key: value, label: t(`shell.profile.themes.${value}`), icon: themeIcons[value], run: () => (theme.value = value) })),
  )
  const leave = computed<Command>(() => ({ key: 'sign_out', label: t('shell.profile.sign_out'), icon: LogOutIcon, run: signOut }))

  return computed<CommandGroup[]>(() => [
    { name: 'go_to', label: t('shell.commands.go_to'), commands: pages.value },
    { name: 'do', label: t('shell.commands.do'), commands: actions.value },
    { name: 'account', label: t('shell.commands.account'), commands: [...switchable.value, leave.value] },
    { name: 'theme', label: t('shell.commands.theme'), commands: looks.value },
  ])
}

/** Every page that is no page of one thing. */
function usePageCommands() {
  const { t } = useI18n()
  const router = useRouter()
  const { can } = usePermissions()
  const isOperator = useIsOperator()
  const billing = (name: string) => `${t('billing.title')}: ${t(`billing.pages.${name}`)}`

  return computed<Command[]>(() => [
    ...menu.map(({ name, to, icon }) => ({ label: t(`shell.menu.${name}`), icon, to: to as string, isOffered: true })),
    { label: t('live_calls.title'), icon: RadioIcon, to: '/calls/live', isOffered: true },
    { label: t('call_queue.command'), icon: ListOrderedIcon, to: '/calls/queue', isOffered: true },
    { label: t('notices.page.title'), icon: BellIcon, to: '/notifications', isOffered: true },
    { label: t('contacts.lists.title'), icon: TagsIcon, to: '/contacts/lists', isOffered: can('contacts.read') },
    { label: t('contacts.do_not_call.title'), icon: PhoneOffIcon, to: '/contacts/do-not-call', isOffered: can('contacts.read') },
    { label: t('imports.list.title'), icon: FileSpreadsheetIcon, to: '/contacts/imports', isOffered: can('contacts.edit') },
    { label: t(`shell.menu.${billingEntry.name}`), icon: billingEntry.icon, to: billingEntry.to, isOffered: can('billing.read') },
    { label: billing('orders'), icon: ReceiptTextIcon, to: '/billing/orders', isOffered: can('billing.read') },
    { label: billing('ledger'), icon: ScrollTextIcon, to: '/billing/ledger', isOffered: can('billing.read') },
    { label: billing('settings'), icon: billingEntry.icon, to: '/billing/settings', isOffered: can('billing.read') },
    { label: t('account_page.title'), icon: settingsEntry.icon, to: '/settings/account', isOffered: true },
    { label: t('calling_rules.title'), icon: settingsEntry.icon, to: '/settings/rules', isOffered: true },
    { label: t('team.title'), icon: settingsEntry.icon, to: '/settings/team', isOffered: true },
    { label: t('notices.settings.title'), icon: settingsEntry.icon, to: '/settings/notifications', isOffered: true },
    { label: t('security.title'), icon: settingsEntry.icon, to: '/settings/security', isOffered: true },
    { label: t('test_call.settings.title'), icon: PhoneCallIcon, to: '/settings/number', isOffered: true },
    { label: t('provider.title'), icon: settingsEntry.icon, to: '/settings/provider', isOffered: true },
    { label: t('audit.title'), icon: ScrollTextIcon, to: '/settings/activity', isOffered: can('activity.read') },
    { label: t('operations.title'), icon: GaugeIcon, to: '/operations', isOffered: isOperator.value },
  ].filter(({ isOffered }) => isOffered).map(({ label, icon, to }) => ({ key: to, label, icon, run: () => router.push(to) })))
}

/** What is begun from anywhere, and what the campaign on the screen can be told. */
function useActions(addContact: () => void) {
  const { t } = useI18n()
  const router = useRouter()
  const { can } = usePermissions()
  const here = useCampaignHere()
  const go = (to: string) => () => router.push(to)

  return computed<Command[]>(() => [
    ...here.value,
    ...[
      { key: 'new_campaign', icon: PlusIcon, isOffered: can('campaigns.edit'), run: go('/campaigns/new') },
      { key: 'add_contact', icon: UserPlusIcon, isOffered: can('contacts.edit'), run: addContact },
      { key: 'import_contacts', icon: UploadIcon, isOffered: can('contacts.edit'), run: go('/contacts/import') },
      { key: 'new_assistant', icon: PlusIcon, isOffered: can('assistants.edit'), run: go('/assistants/new') },
      { key: 'top_up', icon: CirclePlusIcon, isOffered: can('billing.manage'), run: go(topUpPlace) },
    ].filter(({ isOffered }) => isOffered).map(({ key, icon, run }) => ({ key, icon, run, label: t(`shell.commands.${key}`) })),
  ])
}

/** Pausing and resuming the campaign whose page is open, as that page knows it. */
function useCampaignHere() {
  const { t } = useI18n()
  const route = useRoute()
  const { can } = usePermissions()
  const accounts = useAccountStore()
  const store = useCampaignStore()
  const cache = useQueryCache()
  const showError = useErrorToast()

  return computed<Command[]>(() => {
    const thing = thingAt(route.path)
    if (thing?.kind !== 'campaign' || !can('campaigns.run')) return []
    const campaign = cache.getQueryData<CampaignDetails>(['campaigns', accounts.currentId ?? '', thing.id, 'details'])
    if (campaign?.status === 'active') {
      return [{ key: 'pause', label: t('shell.commands.pause', { name: campaign.name }), icon: PauseIcon, run: () => store.pause(thing.id).catch(showError) }]
    }
    if (campaign?.status !== 'paused') return []
    return [{ key: 'resume', label: t('shell.commands.resume', { name: campaign.name }), icon: PlayIcon, run: () => store.resume(thing.id).catch(showError) }]
  })
}
