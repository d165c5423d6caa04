import { InquiryForm } from './inquiry-form.ts'
import { InquiryHistory } from './inquiry-history.ts'

// A page may hold the script twice; the first definition stays.
if (!customElements.get('inquiry-form')) customElements.define('inquiry-form', InquiryForm)
if (!customElements.get('inquiry-history')) customElements.define('inquiry-history', InquiryHistory)
