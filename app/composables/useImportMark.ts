import { ref, watch } from 'vue'

const key = 'outdial-import'

/** Whether this browser has an import under way: known at once, so that what sends it is loaded only then. */
export const isImportRunning = ref(localStorage.getItem(key) !== null)

watch(isImportRunning, (isRunning) => (isRunning ? localStorage.setItem(key, '1') : localStorage.removeItem(key)), { flush: 'sync' })
