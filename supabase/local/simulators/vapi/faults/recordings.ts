/** Faults of the recordings. */
import { refusal } from '../refusal.ts'
import type { Fault } from './fault.ts'

export const recordings: Fault[] = [
  {
    name: 'recording_only_mixed', description: 'There is no recording with the voices apart.',
    recording: ({ mix }) => (mix === 'stereo' ? refusal(404, 'Couldn\'t find recording.') : null),
  },
  { name: 'recording_missing', description: 'The recording is announced and never found.', recording: () => refusal(404, 'Couldn\'t find recording.') },
  { name: 'recording_expired', description: 'The redirect leads to an address that has expired.', recording: ({ origin }) => Response.redirect(`${origin}/__storage/expired.wav`, 302) },
  {
    name: 'recording_page', description: 'A page of HTML comes instead of the recording.',
    recording: () => new Response('<html><h1>Just a moment…</h1></html>', { headers: { 'content-type': 'text/html' } }),
  },
]
