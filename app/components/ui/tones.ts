import { BanIcon, CircleCheckIcon, CircleXIcon, ClockIcon, RadioIcon, TriangleAlertIcon } from '@lucide/vue'
import type { Component } from 'vue'

/** What a state means to the person, the same everywhere; never told by colour alone. */
export const tones = ['live', 'waiting', 'success', 'attention', 'failure', 'blocked'] as const
export type Tone = (typeof tones)[number]

export const toneIcons: Record<Tone, Component> = {
  live: RadioIcon,
  waiting: ClockIcon,
  success: CircleCheckIcon,
  attention: TriangleAlertIcon,
  failure: CircleXIcon,
  blocked: BanIcon,
}

export const toneText: Record<Tone, string> = {
  live: 'text-live',
  waiting: 'text-waiting',
  success: 'text-success',
  attention: 'text-attention',
  failure: 'text-failure',
  blocked: 'text-blocked',
}
