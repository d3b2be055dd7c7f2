import { CalendarXIcon, CircleCheckIcon, CreditCardIcon, FileCheckIcon, FileXIcon, HourglassIcon, KeyRoundIcon, LockIcon, OctagonPauseIcon, ShieldAlertIcon } from '@lucide/vue'
import type { Component } from 'vue'
import type { Tone } from '~/components/ui/tones'
import { topicOf, type NoticeKind, type NoticeTopic } from '~~/business/models/notice.ts'

interface Look { icon: Component, tone: Tone }

const looks: Record<NoticeTopic, Look> = {
  completed: { icon: CircleCheckIcon, tone: 'success' },
  paused: { icon: OctagonPauseIcon, tone: 'attention' },
  not_launched: { icon: CalendarXIcon, tone: 'attention' },
  minutes: { icon: HourglassIcon, tone: 'attention' },
  payments: { icon: CreditCardIcon, tone: 'failure' },
  imports: { icon: FileCheckIcon, tone: 'success' },
  privacy: { icon: ShieldAlertIcon, tone: 'failure' },
  account: { icon: LockIcon, tone: 'failure' },
  provider: { icon: KeyRoundIcon, tone: 'failure' },
}

/** Which picture stands for a notice, in the colour of what it means. */
export const lookOf = (kind: NoticeKind): Look => (kind === 'import_failed' ? { icon: FileXIcon, tone: 'failure' } : looks[topicOf(kind)])
