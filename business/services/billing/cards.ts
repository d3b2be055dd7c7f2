import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { PurchaseRepository } from '../../repositories/purchaseRepository.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { answered } from './answered.ts'
import { customerOf, type CustomerDeps } from './customers.ts'

export interface SyncCardsDeps {
  payments: Pick<PaymentRepository, 'recordCards'>
  gateway: Pick<PaymentGateway, 'listCards'>
}

/** The provider's list replaces ours: cards are added, renewed and removed there, and events about them come in any order. */
export async function syncCards({ payments, gateway }: SyncCardsDeps, account_id: string, customer_id: string): Promise<void> {
  const { cards } = answered(await gateway.listCards(customer_id))
  await payments.recordCards(account_id, customer_id, cards)
}

export interface AddCardDeps extends CustomerDeps {
  purchases: Pick<PurchaseRepository, 'getPayer'>
  gateway: Pick<PaymentGateway, 'createCustomer' | 'createCardSetup'>
  appUrl: string
  newId: () => string
}

/** A page of the provider on which the card is typed in: its number never passes through us. */
export async function addCard(deps: AddCardDeps, account_id: string): Promise<{ url: string }> {
  const payer = await deps.purchases.getPayer(account_id)
  const customer_id = await customerOf(deps, payer)
  const cancel_url = `${deps.appUrl}/billing/settings`
  const page = await deps.gateway.createCardSetup({ ...payer, customer_id }, deps.newId(), { success_url: `${cancel_url}?card=added`, cancel_url })
  return { url: answered(page).url }
}

export interface RemoveCardDeps extends SyncCardsDeps {
  purchases: Pick<PurchaseRepository, 'getCard'>
  gateway: Pick<PaymentGateway, 'removeCard' | 'listCards'>
}

export async function removeCard(deps: RemoveCardDeps, payment_method_id: string): Promise<void> {
  const { account_id, customer_id } = await deps.purchases.getCard(payment_method_id)
  answered(await deps.gateway.removeCard(payment_method_id))
  await syncCards(deps, account_id, customer_id)
}

export interface RefreshCardsDeps extends SyncCardsDeps {
  purchases: Pick<PurchaseRepository, 'getPayer'>
}

/** For whoever comes back from the provider's page before its event does. */
export async function refreshCards(deps: RefreshCardsDeps, account_id: string): Promise<void> {
  const { customer_id } = await deps.purchases.getPayer(account_id)
  if (customer_id) await syncCards(deps, account_id, customer_id)
}
