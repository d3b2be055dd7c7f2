import { describe, expect, it } from 'vitest'
import type { CampaignDetails, CampaignSetting } from '../../../../business/models/campaign.ts'
import { campaignContentOf, campaignFormOf, campaignSchema, emptyCampaign, officeHours, stepSchemas, type FormStep } from '../../../../business/models/campaignForm.ts'

const filled = { ...emptyCampaign('Europe/Berlin'), name: 'Spring', assistant_id: 'a' }
const parse = (changes: object) => campaignSchema.safeParse({ ...filled, ...changes })
const complaintsOf = (changes: object) => parse(changes).error?.issues.map(({ path, message }) => [path.join('.'), message])
const contentOf = (changes: object) => campaignContentOf(parse(changes).data!)
const hours = (days: number[], opens_at: string, closes_at: string) => ({ days, opens_at, closes_at })

describe('the campaign form', () => {
  it('starts with office hours from Monday to Friday and the usual retries', () => {
    expect(emptyCampaign('Europe/Berlin')).toMatchObject({ windows: [hours([1, 2, 3, 4, 5], '09:00', '17:00')], time_zone: 'Europe/Berlin', purpose: 'service' })
    expect(complaintsOf({})).toBeUndefined()
  })

  it('asks for a day, an assistant and an end that differs from the beginning', () => {
    expect(complaintsOf({ windows: [] })).toEqual([['windows', 'campaigns.errors.windows']])
    expect(complaintsOf({ windows: [hours([], '09:00', '17:00')] })).toEqual([['windows.0.days', 'campaigns.errors.days']])
    expect(complaintsOf({ assistant_id: null })).toEqual([['assistant_id', 'campaigns.errors.assistant']])
    expect(complaintsOf({ windows: [hours([1], '17:00', '17:00')] })).toEqual([['windows.0.closes_at', 'campaigns.errors.window']])
  })

  it('lets a draft lack the assistant and the days, not the name', () => {
    const complaintsIn = (step: FormStep, changes: object) => stepSchemas[step].safeParse({ ...filled, ...changes }).error?.issues.map(({ path }) => path.join('.')) ?? []
    expect(complaintsIn('basics', { assistant_id: null, windows: [hours([], '09:00', '17:00')] }), 'each step its own fields').toEqual([])
    expect(complaintsIn('basics', { name: ' ' })).toEqual(['name'])
    expect(complaintsIn('schedule', { name: ' ', windows: [] })).toEqual([])
    expect(complaintsIn('schedule', { windows: [hours([], '09:00', '17:00')], daily_cap: 0 })).toEqual(expect.arrayContaining(['windows.0.days', 'daily_cap']))
  })

  it('takes what the campaign says over its assistant as it stands, and sends only what was changed of it', () => {
    const day = { name: 'day', type: 'date' as const, description: 'When?', choices: [] }
    const words = { category: 'Renewals', prompt: ' Offer {plan}. ', voice_id: 'katja', language: 'de', record_calls: false, qualification: [day], call_order: 'random' as const, uses_preferred_assistants: true }
    expect(contentOf(words)).toMatchObject({ ...words, prompt: 'Offer {plan}.' })
    const saved = { ...contentOf({}), editable: ['prompt', 'voice_id', 'qualification'], starts_at: null, ends_at: null } as unknown as CampaignDetails
    expect(campaignContentOf(parse(words).data!, saved)).toEqual({ prompt: 'Offer {plan}.', voice_id: 'katja', qualification: [day] })
    expect(complaintsOf({ prompt: 'x'.repeat(5001), qualification: [day, { ...day, description: '' }] })?.map(([field]) => field)).toEqual(['prompt', 'qualification.1.description', 'qualification.1.name'])
  })

  it('complains of everything in one round', () => {
    expect(complaintsOf({ name: '', assistant_id: null, windows: [] })?.map(([field]) => field).sort()).toEqual(['assistant_id', 'name', 'windows'])
  })

  it('takes several hours a day, also over midnight, but none twice', () => {
    expect(complaintsOf({ windows: [hours([1, 2], '09:00', '12:00'), hours([1, 2], '12:00', '18:00'), hours([7], '22:00', '02:00')] })).toBeUndefined()
    expect(complaintsOf({ windows: [hours([1], '09:00', '12:00'), hours([1, 3], '11:59', '14:00')] })).toEqual([['windows.1.opens_at', 'campaigns.errors.overlap']])
    const sundayNight = [hours([7], '22:00', '02:00'), hours([1], '01:00', '03:00')]
    expect(complaintsOf({ windows: sundayNight }), 'Sunday night reaches into Monday').toEqual([['windows.1.opens_at', 'campaigns.errors.overlap']])
  })

  it('wants the last day after the first, each day off once, and waits that widen', () => {
    expect(complaintsOf({ starts_on: '2026-12-02', ends_on: '2026-12-01' })).toEqual([['ends_on', 'campaigns.errors.ends_on']])
    expect(complaintsOf({ starts_on: '2026-12-02', ends_on: '2026-12-02' })).toBeUndefined()
    const [day, none] = [{ day: '2026-12-24', name: '' }, { day: '', name: 'x' }]
    expect(complaintsOf({ blackout_dates: [day, day] })).toEqual([['blackout_dates.1.day', 'campaigns.errors.day_again']])
    expect(complaintsOf({ blackout_dates: [none] })).toEqual([['blackout_dates.0.day', 'campaigns.errors.day']])
    const busy = { outcome: 'busy', retries: 2, delays_minutes: [60, 30], shifts_day_part: false }
    expect(complaintsOf({ retries: [busy] })).toEqual([['retries.0.delays_minutes', 'campaigns.errors.delays']])
  })

  it('refuses limits nobody can mean', () => {
    for (const [field, value] of [['concurrency_max', 0], ['daily_cap', -1], ['budget_minutes', 1.5], ['failure_limit_percent', null], ['opt_out_limit_percent', 101]]) {
      expect(complaintsOf({ [field as string]: value })).toEqual([[field, expect.any(String)]])
    }
  })

  it('names the limit first, however large the number', () => {
    const first = parse({ concurrency_max: 1e20 }).error?.issues[0]
    expect(first).toMatchObject({ code: 'too_big', maximum: 1000 })
  })

  it('reads midnight as the end of the day', () => {
    expect(contentOf({ windows: [hours([6], '00:00', '00:00')] }).windows).toEqual([{ weekday: 6, opens_at: '00:00', closes_at: '24:00' }])
  })

  it('means whole days of the campaign\'s own calendar, and seconds for minutes', () => {
    const content = contentOf({ starts_on: '2026-10-24', ends_on: '2026-10-25', budget_minutes: 90 })
    expect(content).toMatchObject({ starts_at: '2026-10-24T00:00', ends_at: '2026-10-26T00:00', budget_seconds: 5400 })
    expect(campaignFormOf(content as CampaignDetails)).toMatchObject({ starts_on: '2026-10-24', ends_on: '2026-10-25', budget_minutes: 90 })
    expect(contentOf({})).toMatchObject({ starts_at: null, ends_at: null, budget_seconds: null, daily_cap: null })
  })

  it('shows a saved campaign as it was written', () => {
    const written = {
      windows: [hours([1, 6], '10:00', '00:00'), hours([2], '14:00', '18:00'), hours([3], '22:00', '06:00')],
      blackout_dates: [{ day: '2026-12-24', name: 'Christmas Eve' }], max_attempts: '5', purpose: 'sales' as const, priority: 'high' as const, daily_cap: 100,
    }
    expect(campaignFormOf(contentOf(written) as CampaignDetails)).toEqual({ ...filled, ...written })
  })
})

describe('saving a campaign that exists', () => {
  const saved = (editable: CampaignSetting[], changes: object = {}) => ({ ...contentOf({ windows: [officeHours] }), ...changes, editable }) as CampaignDetails

  it('sends what may change in its state and leaves out the rest', () => {
    const { data } = parse({ name: 'Autumn', daily_cap: 5 })
    expect(campaignContentOf(data!, saved(['name', 'daily_cap']))).toEqual({ name: 'Autumn', daily_cap: 5 })
  })

  it('sends nothing that was not changed here, so that a colleague\'s changes of the rest stay', () => {
    const campaign = saved(['name', 'description', 'daily_cap', 'windows', 'retries'])
    const opened = campaignSchema.parse(campaignFormOf(campaign))
    expect(campaignContentOf({ ...opened, description: 'For those who left' }, campaign)).toEqual({ description: 'For those who left' })
    expect(campaignContentOf({ ...opened, windows: [hours([6], '09:00', '12:00')] }, campaign)).toEqual({ windows: [{ weekday: 6, opens_at: '09:00', closes_at: '12:00' }] })
  })

  it('keeps times and budgets that were set to the minute until somebody touches them', () => {
    const campaign = saved(['starts_at', 'budget_seconds'], { starts_at: '2026-10-24T07:30', budget_seconds: 100 })
    const untouched = campaignSchema.parse(campaignFormOf(campaign))
    expect(campaignContentOf(untouched, campaign)).toEqual({})
    expect(campaignContentOf({ ...untouched, starts_on: '2026-10-25', budget_minutes: 3 }, campaign)).toEqual({ starts_at: '2026-10-25T00:00', budget_seconds: 180 })
    expect(campaignContentOf({ ...untouched, starts_on: '', budget_minutes: null }, campaign)).toEqual({ starts_at: null, budget_seconds: null })
  })
})
