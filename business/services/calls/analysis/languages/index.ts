import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { LanguageWords } from './words.ts'

const languages: Readonly<Record<string, LanguageWords>> = { de, en, es, fr }

/** Of a language that has no list, English is tried: an assistant of a rare language often uses English words. */
export const languageWords = (language: string): LanguageWords => languages[language.slice(0, 2).toLowerCase()] ?? en
