type Texts = object
type Receiver = (texts: Record<string, Texts>) => void

/** What came before the catalogue was made waits here for it. */
let waiting: Record<string, Texts> = {}
let receive: Receiver = (texts) => Object.assign(waiting, texts)

/** Called by the modules of texts themselves, when the first page that shows them is loaded (config/textsOfModules.ts). */
export const addTexts = (feature: string, texts: Texts): void => receive({ [feature]: texts })

/** Hands over what came already, and from now on whatever comes. */
export function receiveTexts(into: Receiver): void {
  receive = into
  into(waiting)
  waiting = {}
}
