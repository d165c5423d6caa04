import { type PropertyDeclarations, type TemplateResult } from 'lit'
import { request, tokenOf } from './core/api.ts'
import { CustomerElement } from './core/element.ts'
import { Draft, ownerOf } from './core/draft.ts'
import type { Problem } from './core/problem.ts'
import {
  characters, fieldNamed, FIELDS, limitOf, mistakesIn, noAnswers, submissionOf, type Answers, type Field,
} from './core/validate.ts'
import type { Category, FormSettings, Source, Submission, Submitted } from './core/wire.ts'
import { formView } from './form/view.ts'
import { formStyles } from './styles/index.ts'

/** `<inquiry-form>`: asks the shop one thing, and never loses what was typed. */
export class InquiryForm extends CustomerElement {
  static override styles = formStyles

  static override properties: PropertyDeclarations = {
    kind: {}, orderId: { attribute: 'order-id' }, productId: { attribute: 'product-id' },
    productTitle: { attribute: 'product-title' },
  }

  kind = 'contact_form'
  orderId = ''
  productId = ''
  productTitle = ''

  phase: 'loading' | 'failed' | 'ready' | 'sending' | 'sent' = 'loading'
  settings: FormSettings | undefined
  guest = true
  /** What the controls begin with; from then on they hold the text themselves, undisturbed while composing. */
  initial: Answers = noAnswers()
  answers: Answers = this.initial
  /** The sentence beside each wrong field, by our rules or by the server. */
  errors: Partial<Answers> = {}
  trouble: Problem | undefined
  sent: Submitted | undefined

  private draft: Draft<Answers> | undefined
  private run = 0

  get source(): Source {
    return this.kind === 'order' || this.kind === 'product' ? this.kind : 'contact_form'
  }

  get category(): Category | undefined {
    return this.settings?.categories.find(({ id }) => id === this.answers.category)
  }

  /** The order is fixed by the page, or asked for where one is likely. */
  get asksOrder(): boolean {
    return !this.orderId && (this.source !== 'product' || this.evidence.includes('order_number'))
  }

  get evidence(): readonly string[] {
    return this.category?.evidence ?? []
  }

  get maxText(): number {
    return this.settings?.max_text_characters ?? 10_000
  }

  protected override restart(): void {
    void this.load()
  }

  private show(what: Partial<Pick<InquiryForm, 'phase' | 'answers' | 'errors' | 'trouble' | 'sent'>>): void {
    Object.assign(this, what)
    this.requestUpdate()
  }

  readonly load = async (): Promise<void> => {
    const run = ++this.run
    this.show({ phase: 'loading' })
    try {
      const [settings, token] = await Promise.all([
        request<FormSettings>(this.connection, 'form'), tokenOf(this.connection),
      ])
      if (run === this.run) this.begin(settings, token)
    } catch (error) {
      if (run === this.run) this.show({ trouble: this.problem(error), phase: 'failed' })
    }
  }

  private begin(settings: FormSettings, token: string | undefined): void {
    const { apiBase, shop, source, orderId, productId } = this
    const draftOf = (owner: string): Draft<Answers> =>
      new Draft(['kefu:form', apiBase, shop, source, orderId, productId, owner].join(':'))
    this.settings = settings
    this.guest = !token
    this.draft = draftOf(ownerOf(token))
    // Who typed as a guest and then signed in finds the text again.
    const kept = { ...noAnswers(), browser: navigator.userAgent, ...(this.draft.values ?? draftOf('').values) }
    const offered = [kept.category, source].find((id) => settings.categories.some((category) => category.id === id))
    this.initial = { ...kept, category: offered ?? '' }
    this.show({ answers: this.initial, errors: {}, trouble: undefined, phase: 'ready' })
  }

  readonly type = (field: Field, value: string): void => {
    this.show({ answers: { ...this.answers, [field]: value } })
    this.draft?.save(this.answers)
    // A field once marked is checked again while it is mended; the others wait until the next attempt.
    if (this.errors[field]) this.show({ errors: { ...this.errors, [field]: this.check()[field] } })
  }

  private check(): Partial<Answers> {
    const sentences: Partial<Answers> = {}
    for (const [name, mistake] of Object.entries(mistakesIn(this.answers, this))) {
      const field = name as Exclude<Field, 'website'>
      sentences[field] = this.t(mistake, {
        field: this.t(field), max: limitOf(field, this.maxText), count: characters(this.answers[field]),
      })
    }
    return sentences
  }

  private body(): Submission {
    return submissionOf(this.answers, {
      source: this.source, locale: this.locale, guest: this.guest, evidence: this.evidence,
      order: this.orderId || (this.asksOrder ? this.answers.order.trim() : ''),
      product: this.productId, productTitle: this.productTitle,
    })
  }

  readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (this.phase !== 'ready') return
    const errors = this.check()
    this.show({ trouble: undefined, errors })
    if (Object.keys(errors).length) return this.focusOnError()
    const { run, draft } = this
    const body = this.body()
    this.show({ phase: 'sending' })
    try {
      const token = await tokenOf(this.connection)
      const sent = await request<Submitted>(this.connection, 'inquiries', { body, key: draft?.keyFor(body), token })
      draft?.clear()
      this.tell('inquiry-created', sent)
      if (run !== this.run) return
      this.show({ phase: 'sent', sent })
      await this.focusOn('.sent')
    } catch (error) {
      if (run !== this.run) return
      this.show({ phase: 'ready' })
      const trouble = this.problem(error)
      const refused = trouble.fields.map(({ field, detail }) => [fieldNamed(field), detail])
      this.show({ trouble, errors: Object.fromEntries(refused) })
      await this.focusOnError()
    }
  }

  private focusOnError(): Promise<void> {
    const first = FIELDS.find((field) => this.errors[field])
    return this.focusOn(first ? `#${first}` : '.trouble')
  }

  readonly again = async (): Promise<void> => {
    const { name, email, phone } = this.answers
    this.draft?.save({ ...noAnswers(), name, email, phone })
    await this.load()
    await this.focusOn('#category')
  }

  override render(): TemplateResult {
    return formView(this)
  }
}
