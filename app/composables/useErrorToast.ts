import { useErrorText } from '~/composables/useErrorText'
import { useToast } from '~/composables/useToast'

export function useErrorToast() {
  const errorText = useErrorText()
  const toast = useToast()
  return (error: unknown) => {
    const { title, description } = errorText(error)
    void toast.error(title, { description })
  }
}
