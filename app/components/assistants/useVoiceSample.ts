import { onScopeDispose, ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import type { Voice } from '~~/business/models/assistant.ts'

/**
 * Plays how a voice sounds. The simulated carrier murmurs in each voice, as its recordings do; the provider offers no samples of its
 * voices, so where calls are real there is nothing to play, and no button.
 */
export function useVoiceSample() {
  const { config } = useDeps()
  // The clock can be moved only where the carrier is simulated.
  const isSimulated = Boolean(config.embedded && config.clockUrl)
  const playingId = ref<string | null>(null)
  const failedId = ref<string | null>(null)
  let audio: HTMLAudioElement | null = null

  const urlOf = (voice: Voice) => (isSimulated ? `/carrier/voices/${encodeURIComponent(voice.provider_ref)}.wav` : null)

  function stop() {
    audio?.pause()
    audio = null
    playingId.value = null
  }

  async function toggle(voice: Voice) {
    const [url, wasPlaying] = [urlOf(voice), playingId.value === voice.id]
    stop()
    failedId.value = null
    if (!url || wasPlaying) return
    const started = new Audio(url)
    audio = started
    playingId.value = voice.id
    started.addEventListener('ended', () => audio === started && stop())
    try {
      await started.play()
    } catch {
      // Stopped before it began is no failure; what could not be loaded is said beside the voices.
      if (audio !== started) return
      stop()
      failedId.value = voice.id
    }
  }

  onScopeDispose(stop)
  return { isSimulated, urlOf, playingId, failedId, toggle }
}
