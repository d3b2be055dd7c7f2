import { Building2Icon, CirclePlusIcon, MonitorIcon, MoonIcon, SunIcon } from '@lucide/vue'
import { computed, type Component } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { billingEntry, menu, topUpPlace } from './menu'
import { useAccountSwitch } from '~/composables/useAccountSwitch'
import { usePermissions } from '~/composables/usePermissions'
import { themes, useTheme } from '~/composables/useTheme'
import { useAccountStore } from '~/stores/accountStore'

export interface Command {
  label: string
  icon: Component
  run: () => unknown
}

const themeIcons = { light: SunIcon, dark: MoonIcon, system: MonitorIcon }

/** What the command menu offers: where one can go and what can be switched from anywhere. */
export function useCommands() {
  const { t } = useI18n()
  const router = useRouter()
  const { theme } = useTheme()
  const { can } = usePermissions()
  const accounts = useAccountStore()
  const switchTo = useAccountSwitch()

  const pages = computed<Command[]>(() =>
    [...menu, ...(can('billing.read') ? [billingEntry] : [])].map(({ name, to, icon }) => ({ label: t(`shell.menu.${name}`), icon, run: () => router.push(to) })),
  )
  const purchases = computed<Command[]>(() =>
    can('billing.manage') ? [{ label: t('shell.minutes.top_up_minutes'), icon: CirclePlusIcon, run: () => router.push(topUpPlace) }] : [],
  )
  const switchable = computed<Command[]>(() =>
    (accounts.accounts ?? [])
      .filter(({ account_id }) => account_id !== accounts.currentId)
      .map(({ account_id, name }) => ({ label: name, icon: Building2Icon, run: () => switchTo(account_id) })),
  )
  const looks = computed<Command[]>(() =>
    themes.map((value) => ({
      label: t(`shell.profile.themes.${value}`),
      icon: themeIcons[value],
      run: () => (theme.value = value),
    })),
  )

  return computed(() => [
    { name: 'go_to', label: t('shell.commands.go_to'), commands: [...pages.value, ...purchases.value] },
    { name: 'account', label: t('shell.commands.account'), commands: switchable.value },
    { name: 'theme', label: t('shell.commands.theme'), commands: looks.value },
  ])
}
