import { ref } from 'vue'
import type { ExternalToast } from 'vue-sonner'

export interface ToastOptions {
  description?: string
  action?: { label: string, run: () => void }
}

const isWanted = ref(false)
let reportMounted: () => void = () => {}
const mounted = new Promise<void>((resolve) => (reportMounted = resolve))

/** For app.vue and the Toaster: the toast library arrives with the first toast, which waits until it is on the page. */
export function useToasts() {
  return { isWanted, reportMounted }
}

/** Short news at the edge of the screen. What a person must act on belongs beside the thing itself, not here. */
export function useToast() {
  return {
    success: (text: string, options?: ToastOptions) => show('success', text, options),
    info: (text: string, options?: ToastOptions) => show('info', text, options),
    error: (text: string, options?: ToastOptions) => show('error', text, options),
  }
}

async function show(kind: 'success' | 'info' | 'error', text: string, options: ToastOptions = {}) {
  isWanted.value = true
  const [{ toast }] = await Promise.all([import('vue-sonner'), mounted])
  toast[kind](text, toSonner(options))
}

function toSonner({ description, action }: ToastOptions): ExternalToast {
  return { description, action: action && { label: action.label, onClick: action.run } }
}
