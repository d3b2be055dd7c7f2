import { ref, watch } from 'vue'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const key = 'outdial-theme'
const theme = ref<Theme>(stored())
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

prefersDark.addEventListener('change', apply)
watch(theme, (chosen) => {
  localStorage.setItem(key, chosen)
  apply()
})

/** Light, dark or as the system says. public/theme.js does the same once before the first paint. */
export function useTheme() {
  return { theme }
}

function apply() {
  const isDark = theme.value === 'dark' || (theme.value === 'system' && prefersDark.matches)
  document.documentElement.classList.toggle('dark', isDark)
}

function stored(): Theme {
  const value = localStorage.getItem(key)
  return themes.find((known) => known === value) ?? 'system'
}
