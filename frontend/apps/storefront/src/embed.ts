import { InquiryForm } from './inquiry-form.ts'
import { InquiryHistory } from './inquiry-history.ts'
import { OrderCare } from './order-care.ts'

const elements = { 'inquiry-form': InquiryForm, 'inquiry-history': InquiryHistory, 'order-care': OrderCare }

// A page may hold the script twice; the first definition stays.
for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element)
}
