import { useColumnChoice } from '~/composables/useColumnChoice'

/** What a row can show beside who was called and how it ended. */
export const callColumns = ['campaign', 'assistant', 'time', 'talk', 'minutes', 'attempt', 'sentiment', 'recording'] as const
export type CallColumn = (typeof callColumns)[number]

export const usualCallColumns: CallColumn[] = ['campaign', 'time', 'talk', 'minutes']

export const useCallColumns = () => useColumnChoice<CallColumn>('outdial-call-columns', callColumns, usualCallColumns)
