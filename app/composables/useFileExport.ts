import { computed, onScopeDispose, ref } from 'vue'
import { useErrorToast } from '~/composables/useErrorToast'
import { useToast } from '~/composables/useToast'
import type { ExportProgress } from '~/stores/tableExport'
import { downloadFile, type NamedFile, type SavedFile } from '~/utils/downloadText'

/**
 * A file that takes a while to make here in the browser. rows: how many it has so far. It can be stopped, and whoever leaves the page
 * stops it; what went wrong is said.
 */
export function useFileExport() {
  const toast = useToast()
  const showError = useErrorToast()
  const rows = ref(0)
  const making = ref<AbortController | null>(null)
  const stop = () => making.value?.abort()
  onScopeDispose(stop)

  /** make answers null when it was stopped, no content when it wrote the file itself; done: what is said once the file is there. */
  async function run(make: (progress: ExportProgress) => Promise<NamedFile | SavedFile | null>, done: (name: string, rows: number) => string): Promise<void> {
    const { signal } = making.value = new AbortController()
    rows.value = 0
    try {
      const file = await make({ signal, onRows: (count) => (rows.value = count) })
      if (!file) return
      if (file.content !== null) downloadFile(file)
      void toast.success(done(file.name, rows.value))
    } catch (error) {
      showError(error)
    } finally {
      making.value = null
    }
  }

  return { isRunning: computed(() => making.value !== null), rows, run, stop }
}
