import { AudioLinesIcon, ContactIcon, LayoutDashboardIcon, MegaphoneIcon, PhoneCallIcon } from '@lucide/vue'

/** The main menu, top to bottom. A page enters here when it works. */
export const menu = [
  { name: 'dashboard', to: '/', icon: LayoutDashboardIcon },
  { name: 'campaigns', to: '/campaigns', icon: MegaphoneIcon },
  { name: 'contacts', to: '/contacts', icon: ContactIcon },
  { name: 'assistants', to: '/assistants', icon: AudioLinesIcon },
  { name: 'calls', to: '/calls', icon: PhoneCallIcon },
] as const

/** A detail page keeps its list's entry lit; the dashboard is only itself. */
export function isAt(path: string, to: string): boolean {
  return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
}
