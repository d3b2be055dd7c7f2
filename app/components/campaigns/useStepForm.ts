import { computed, ref, watch } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRoute, useRouter } from 'vue-router'
import { useForm } from '~/composables/useForm'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'
import { forget, keep, keptKey, recall } from '~/utils/keptInput'
import type { CampaignDetails } from '~~/business/models/campaign.ts'
import { campaignContentOf, campaignFormOf, emptyCampaign, formFields, stepFields, stepSchemas, type CampaignFormInput, type FormStep } from '~~/business/models/campaignForm.ts'
import { setupPlace, type SetupStep } from './setupSteps'

/**
 * The form of a step: saved when the person goes on, and by itself when they leave it another way and it is right. What could not be
 * saved (no connection, a fault, no draft yet) is kept in the browser and stands here again whenever they come back.
 */
export function useStepForm(step: FormStep, next: SetupStep, campaign: () => CampaignDetails | null) {
  const store = useCampaignStore()
  const accounts = useAccountStore()
  const router = useRouter()
  const after = useNextStep(next)
  /** As it was when the step was opened: only what was changed here is sent. */
  const opened = campaign()
  const key = keptKey(accounts.requireId(), opened?.id ?? null, step)
  const isLeaving = ref(false)

  async function save(values: CampaignFormInput): Promise<string> {
    const content = campaignContentOf(stepSchemas[step].parse(values), opened)
    const id = opened && Object.keys(content).length === 0 ? opened.id : await store.save(opened?.id ?? null, content)
    forget(key)
    return id
  }

  const form = useForm({
    schema: stepSchemas[step],
    values: opened ? campaignFormOf(opened) : emptyCampaign(accounts.account?.time_zone ?? 'UTC'),
    fieldNames: formFields,
    async submit(values) {
      const id = await save(values)
      isLeaving.value = true
      await router.push(after.place(id))
    },
  })

  const kept = recall(key)
  const fields: readonly string[] = stepFields[step]
  for (const name of fields) if (name in kept) form.set(name, kept[name])
  watch(() => JSON.stringify(form.values), () => !isLeaving.value && keep(key, Object.fromEntries(fields.map((name) => [name, form.valueOf(name)]))))

  async function saveOnTheWay() {
    if (isLeaving.value || !opened || !form.isDirty || !stepSchemas[step].safeParse(form.values).success) return
    // Kept in the browser whatever comes of it.
    await save(form.values).catch(() => undefined)
  }
  onBeforeRouteLeave(saveOnTheWay)
  onBeforeRouteUpdate(saveOnTheWay)

  function startAfresh() {
    form.reset()
    forget(key)
  }
  return { form, isRestored: computed(() => Object.keys(kept).length > 0 && form.isDirty), startAfresh, returnsToReview: after.returnsToReview }
}

/** Whoever came from the review to mend something goes back there. */
export function useNextStep(next: SetupStep) {
  const route = useRoute()
  const returnsToReview = computed(() => route.query.from === 'review')
  return { returnsToReview, place: (id: string) => ({ path: setupPlace(id, returnsToReview.value ? 'review' : next), query: next === 'contacts' ? { import: route.query.import } : {} }) }
}
