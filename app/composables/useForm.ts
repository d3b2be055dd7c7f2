import { getBy, useForm as useTanstackForm } from '@tanstack/vue-form'
import { computed, reactive, ref } from 'vue'
import type { z } from 'zod'
import { useErrorText } from '~/composables/useErrorText'
import { useFieldText, type FieldIssue } from '~/composables/useFieldText'
import { whenReleased } from '~/composables/whenReleased'
import { fieldErrorsOf } from '~~/business/models/appError.ts'

type FormSchema = z.ZodType<unknown, object>

interface FormOptions<S extends FormSchema> {
  schema: S
  /** Where the form starts; every field must be there, an empty one as '' or null. */
  values: NoInfer<z.input<S>>
  /** Gets what the schema made of the input. What it throws is shown at the fields or by FormError. */
  submit: (values: z.output<S>) => unknown
  /** By the server's name of a field: the form's, where it shows the value in another shape. */
  fieldNames?: Readonly<Record<string, string>>
  /** Words for a failure that belongs to no field, where the general ones do not fit. */
  errorText?: (error: unknown) => ErrorText
}

interface ErrorText {
  title: string
  description: string
}

/** What Form, FormField and FormError need of a form, whatever its values are. */
export interface FormHandle {
  isSubmitting: boolean
  isDirty: boolean
  error: ErrorText | null
  valueOf: (name: string) => unknown
  errorOf: (name: string) => string | null
  set: (name: string, value: unknown) => void
  leave: (name: string) => void
  submit: () => Promise<boolean>
}

/**
 * A form that complains late and forgives early: errors show after leaving a field or after the first attempt to
 * submit, and vanish the moment the value is right. A refusal by the server is shown at the fields it names; whatever
 * happens the input stays.
 */
export function useForm<S extends FormSchema>(options: FormOptions<S>) {
  const generalText = useErrorText()
  const errorText = options.errorText ?? generalText
  const fieldText = useFieldText()
  const left = ref(new Set<string>())
  const attempts = ref(0)
  const refusals = ref<Record<string, string>>({})
  const error = ref<ErrorText | null>(null)

  const api = useTanstackForm({
    defaultValues: options.values as object,
    canSubmitWhenInvalid: true,
    validators: { onChange: options.schema as FormSchema },
    onSubmit: ({ value }) => send(value),
  })
  const state = api.useSelector((current) => current)

  const issueOf = (name: string) => {
    const metas: Record<string, { errors: unknown[] } | undefined> = state.value.fieldMeta
    return metas[name]?.errors[0] as FieldIssue | undefined
  }
  const valueOf = (name: string): unknown => getBy(state.value.values, name)
  const isShown = (name: string) => attempts.value > 0 || left.value.has(name)

  function errorOf(name: string): string | null {
    if (refusals.value[name]) return refusals.value[name]
    const issue = isShown(name) ? issueOf(name) : undefined
    return issue ? fieldText(issue, valueOf(name)) : null
  }

  function set(name: string, value: unknown) {
    const { [name]: _answered, ...others } = refusals.value
    refusals.value = others
    api.setFieldValue(name as never, value as never)
  }

  function leave(name: string) {
    whenReleased(() => {
      left.value.add(name)
      void api.validate('change')
    })
  }

  /** True when it was sent and accepted. A second Enter while sending does nothing. */
  async function submit(): Promise<boolean> {
    if (state.value.isSubmitting) return false
    attempts.value += 1
    refusals.value = {}
    error.value = null
    await api.handleSubmit()
    return state.value.isSubmitSuccessful && !error.value && Object.keys(refusals.value).length === 0
  }

  async function send(value: object) {
    try {
      await options.submit(options.schema.parse(value))
    } catch (thrown) {
      refuse(thrown)
    }
  }

  function refuse(thrown: unknown) {
    const complaints = fieldErrorsOf(thrown).map(({ field, message }) => ({ field: options.fieldNames?.[field] ?? field, message }))
    const known = complaints.filter(({ field }) => valueOf(field) !== undefined)
    refusals.value = Object.fromEntries(known.map(({ field, message }) => [field, message]))
    if (known.length === 0 || known.length < complaints.length) error.value = errorText(thrown)
  }

  function reset(values: z.input<S> = options.values) {
    api.reset(values)
    left.value = new Set()
    attempts.value = 0
    refusals.value = {}
    error.value = null
  }

  return reactive({
    values: computed(() => state.value.values as z.input<S>),
    isSubmitting: computed(() => state.value.isSubmitting),
    isDirty: computed(() => !state.value.isDefaultValue),
    error,
    valueOf,
    errorOf,
    set,
    leave,
    submit,
    reset,
  })
}
