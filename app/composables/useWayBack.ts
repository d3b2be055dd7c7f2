import { ref } from 'vue'

export interface WayBack {
  to: string
  /** What the person was at. */
  label: string
}

/** Kept over a reload and the way through a payment page, for this tab alone. */
const key = 'outdial-way-back'
const way = ref<WayBack | null>(stored())

/** What a person left half done to mend something elsewhere, offered wherever they are until they come back or put it away. */
export const useWayBack = () => way

export function rememberWayBack(to: WayBack): void {
  way.value = to
  sessionStorage.setItem(key, JSON.stringify(to))
}

export function forgetWayBack(): void {
  way.value = null
  sessionStorage.removeItem(key)
}

function stored(): WayBack | null {
  const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
  return typeof value === 'object' && value !== null && 'to' in value && 'label' in value ? value as WayBack : null
}
