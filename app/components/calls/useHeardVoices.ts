import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { heardVoices, type Channel, type HeardVoices } from '~~/business/models/recordingVoices.ts'

const key = 'outdial-heard-voices'

/**
 * Whom the listener hears of a recording that has the voices apart, kept on the person's own machine for every call. Both are heard as they
 * were recorded, one in each ear; one alone is heard in both. The sound goes through Web Audio from the first time that one is wanted:
 * until then the element plays by itself, as it does for a mixed recording.
 */
export function useHeardVoices(audio: Ref<HTMLAudioElement | null>, isApart: Ref<boolean>) {
  const heard = ref<HeardVoices>(kept())
  const assistantOn = ref<Channel>(1)
  let route: ((only: Channel | null) => void) | undefined
  let context: AudioContext | undefined

  /** To be called in a press, before anything is waited for: a page may not make sound without one. */
  function prepare() {
    const only = isApart.value ? channelOf(heard.value, assistantOn.value) : null
    if (!audio.value || (only === null && !route)) return
    context ??= new AudioContext()
    route ??= routeOf(context, audio.value)
    route(only)
    void context.resume()
  }

  function hear(wanted: string | null | undefined) {
    heard.value = heardVoices.find((known) => known === wanted) ?? 'both'
    localStorage.setItem(key, heard.value)
  }

  watch([heard, assistantOn, isApart], prepare)
  onScopeDispose(() => void context?.close())

  return { heard, hear, assistantOn, prepare }
}

function kept(): HeardVoices {
  const value = localStorage.getItem(key)
  return heardVoices.find((known) => known === value) ?? 'both'
}

function channelOf(heard: HeardVoices, assistantOn: Channel): Channel | null {
  if (heard === 'both') return null
  return heard === 'assistant' ? assistantOn : assistantOn === 0 ? 1 : 0
}

/** Answers what sends one channel to both ears, or with null each to its own. */
function routeOf(context: AudioContext, audio: HTMLAudioElement): (only: Channel | null) => void {
  const splitter = context.createChannelSplitter(2)
  const merger = context.createChannelMerger(2)
  context.createMediaElementSource(audio).connect(splitter)
  merger.connect(context.destination)
  return (only) => {
    splitter.disconnect()
    splitter.connect(merger, only ?? 0, 0)
    splitter.connect(merger, only ?? 1, 1)
  }
}
