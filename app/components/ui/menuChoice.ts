import type { InjectionKey } from 'vue'

/** Hands what an item does to its menu, which does it when the menu is gone and the focus back where it came from. */
export const menuChoiceKey: InjectionKey<(run: () => void) => void> = Symbol('menu choice')
