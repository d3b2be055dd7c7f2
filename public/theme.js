// Runs before the first paint, so that a dark page never flashes white. app/composables/useTheme.ts takes over later.
{
  const chosen = localStorage.getItem('outdial-theme')
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', isDark)
}
