import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'

/** What the people who run the installation look at. It is of no account. */
export const useOperationsStore = defineStore('operations', () => {
  const { operations } = useDeps()

  async function look() {
    const [figures, alerts] = await Promise.all([operations.figures(), operations.alerts()])
    return { figures, alerts }
  }

  return { look, isOperator: () => operations.isOperator() }
})
