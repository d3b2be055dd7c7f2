import { inject, onScopeDispose, provide, type InjectionKey } from 'vue'

const guardKey: InjectionKey<(isDirty: () => boolean) => void> = Symbol('dialog guard')

/** For a dialog: whether something inside it was typed and is not saved. */
export function provideDialogGuard(): () => boolean {
  const forms = new Set<() => boolean>()
  provide(guardKey, (isDirty) => {
    forms.add(isDirty)
    onScopeDispose(() => forms.delete(isDirty))
  })
  return () => [...forms].some((isDirty) => isDirty())
}

/** For a form, which may stand in a dialog. */
export function useDialogGuard(isDirty: () => boolean): void {
  inject(guardKey, null)?.(isDirty)
}
