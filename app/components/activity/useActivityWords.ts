import { useI18n } from 'vue-i18n'
import { deviceOf, type ActivityLine, type NamedChange } from '~~/business/models/activity.ts'

/** Lines of the log in words. A verb, field or subject that the catalogue does not know is shown by its own name. */
export function useActivityWords() {
  const { t, te } = useI18n()
  const plain = (name: string) => name.replaceAll(/[._]/g, ' ')
  const fieldOf = (field: string) => (te(`audit.field.${field}`) ? t(`audit.field.${field}`) : plain(field))
  const subjectOf = (type: string) => (te(`audit.subject.${type}`) ? t(`audit.subject.${type}`) : plain(type))

  function valueOf(value: unknown): string {
    if (value === null || value === undefined || value === '') return t('audit.value.none')
    if (typeof value === 'boolean') return t(`audit.value.${value ? 'yes' : 'no'}`)
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    return Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number') ? value.join(', ') : JSON.stringify(value)
  }

  const isKept = (change: NamedChange) => 'before' in change || 'after' in change

  return {
    fieldOf, subjectOf, valueOf, isKept,
    actorOf: ({ actor_name, actor_kind }: ActivityLine) => actor_name ?? t(`audit.kind.${actor_kind}`),
    /** The rest of a sentence that begins with who did it. */
    textOf({ verb, details }: ActivityLine): string {
      const count = typeof details.count === 'number' ? details.count : 1
      return te(`audit.verb.${verb}`) ? t(`audit.verb.${verb}`, { count }, count) : t('audit.unknown', { what: plain(verb) })
    },
    /** One field in one line, as a file has it. */
    changeOf: (change: NamedChange) => (isKept(change) ? `${fieldOf(change.field)}: ${valueOf(change.before)} → ${valueOf(change.after)}` : fieldOf(change.field)),
    deviceText(userAgent: string): string {
      const { browser, system } = deviceOf(userAgent)
      return system ? t('audit.device', { browser, system }) : browser
    },
  }
}
