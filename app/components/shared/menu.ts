import { AudioLinesIcon, ChartColumnIcon, ContactIcon, LayoutDashboardIcon, MegaphoneIcon, PhoneCallIcon, SettingsIcon, WalletIcon } from '@lucide/vue'

/** The main menu, top to bottom. A page enters here when it works. */
export const menu = [
  { name: 'dashboard', to: '/', icon: LayoutDashboardIcon },
  { name: 'campaigns', to: '/campaigns', icon: MegaphoneIcon },
  { name: 'contacts', to: '/contacts', icon: ContactIcon },
  { name: 'assistants', to: '/assistants', icon: AudioLinesIcon },
  { name: 'calls', to: '/calls', icon: PhoneCallIcon },
  { name: 'reports', to: '/reports', icon: ChartColumnIcon },
] as const

/** Below the minutes, for whoever may see them. */
export const billingEntry = { name: 'billing', to: '/billing', icon: WalletIcon } as const

/** Below it, for everybody: each person has settings of their own. */
export const settingsEntry = { name: 'settings', to: '/settings', icon: SettingsIcon } as const

/** Where minutes are bought. */
export const topUpPlace = '/billing#top-up'

/** A detail page keeps its list's entry lit; the dashboard is only itself. */
export function isAt(path: string, to: string): boolean {
  return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
}
