import { useI18n } from 'vue-i18n'
import { useContactGroups } from './useContactGroups'
import type { ContactEvent } from '~~/business/models/contact.ts'

type EventOf<Kind extends ContactEvent['kind']> = Extract<ContactEvent, { kind: Kind }>

/** What happened to a contact, in words. */
export function useEventText() {
  const { t, te } = useI18n()
  const { tags, lists } = useContactGroups()
  const nameIn = (rows: readonly { id: string, name: string }[], id: string) => rows.find((row) => row.id === id)?.name ?? t('contacts.timeline.gone')

  function callText({ details: { campaign_name, state, outcome, attempt_no } }: EventOf<'call'>): string {
    const what = outcome ? t(`calls.outcome.${outcome}`) : t(`calls.state.${state}`)
    return campaign_name === null
      ? t('contacts.timeline.test_call', { what })
      : t('contacts.timeline.call', { what, campaign: campaign_name, attempt: attempt_no })
  }

  function listText({ details: { change, source, reason } }: EventOf<'do_not_call'>): string {
    const what = change === 'added' ? t('contacts.timeline.listed', { source: t(`contacts.do_not_call.source.${source}`) }) : t('contacts.timeline.unlisted')
    return reason ? `${what} ${t('contacts.do_not_call.quoted', { reason })}` : what
  }

  function changeText({ details: { verb, fields = [], added = [], removed = [], list_id } }: EventOf<'change'>): string {
    const key = `contacts.timeline.verb.${verb.replace('contact.', '')}`
    const named = fields.map((field) => (te(`contacts.fields.${field}`) ? t(`contacts.fields.${field}`) : field.replaceAll('_', ' '))).join(', ')
    const words = [...added.map((id) => `+${nameIn(tags.value, id)}`), ...removed.map((id) => `−${nameIn(tags.value, id)}`)].join(', ')
    const facts = { fields: named, tags: words, list: list_id ? nameIn(lists.value, list_id) : '' }
    return te(key) ? t(key, facts) : t('contacts.timeline.verb.changed', facts)
  }

  function textOf(event: ContactEvent): string {
    switch (event.kind) {
      case 'call': return callText(event)
      case 'note': return event.details.body
      case 'consent': return t('contacts.timeline.consent', { basis: t(`contacts.consent.basis.${event.details.basis}`) })
      case 'consent_revoked': return t('contacts.timeline.consent_revoked', { reason: event.details.reason ?? '' })
      case 'do_not_call': return listText(event)
      case 'enrolled': return t('contacts.timeline.enrolled', { campaign: event.details.campaign_name })
      case 'imported': return t('contacts.timeline.imported', { file: event.details.file_name })
      case 'change': return changeText(event)
    }
  }

  return { textOf }
}

/** Where more is said about it. */
export function eventLink(event: ContactEvent): string | null {
  switch (event.kind) {
    case 'call': return `/calls/${event.details.call_id}`
    case 'enrolled': return `/campaigns/${event.details.campaign_id}`
    default: return null
  }
}
