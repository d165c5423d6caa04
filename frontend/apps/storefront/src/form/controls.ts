import { html, nothing, type TemplateResult } from 'lit'
import { characters, type Field } from '../core/validate.ts'
import type { InquiryForm } from '../inquiry-form.ts'

interface Shape {
  label: string
  type?: string
  autocomplete?: string
  required?: boolean
  hint?: string
  rows?: number
  counted?: boolean
}

const typed = (form: InquiryForm, field: Field) => (event: Event) =>
  form.type(field, (event.target as HTMLInputElement).value)

export function input(form: InquiryForm, field: Field, shape: Shape): TemplateResult {
  return labelled(form, field, shape, html`
    <input id=${field} part="field" type=${shape.type ?? 'text'} name=${field}
      autocomplete=${shape.autocomplete ?? 'off'} ?required=${shape.required}
      aria-invalid=${form.errors[field] ? 'true' : 'false'} aria-describedby="${field}-about"
      .value=${form.initial[field]} @input=${typed(form, field)}>`)
}

export function textarea(form: InquiryForm, field: Field, shape: Shape): TemplateResult {
  return labelled(form, field, shape, html`
    <textarea id=${field} part="field" name=${field} rows=${shape.rows ?? 3} ?required=${shape.required}
      aria-invalid=${form.errors[field] ? 'true' : 'false'} aria-describedby="${field}-about"
      .value=${form.initial[field]} @input=${typed(form, field)}></textarea>`)
}

export function choice(form: InquiryForm, field: Field, shape: Shape, options: [string, string][]): TemplateResult {
  const chosen = form.answers[field]
  return labelled(form, field, shape, html`
    <select id=${field} part="field" name=${field} ?required=${shape.required}
      aria-invalid=${form.errors[field] ? 'true' : 'false'} aria-describedby="${field}-about"
      @change=${typed(form, field)}>
      <option value="" ?selected=${!chosen} disabled>${form.t('choose')}</option>
      ${options.map(([id, name]) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`)}
    </select>`)
}

function labelled(form: InquiryForm, field: Field, shape: Shape, control: TemplateResult): TemplateResult {
  const error = form.errors[field]
  return html`
    <div class="row ${field}">
      <label for=${field}>${shape.label}
        ${shape.required ? html`<span class="star" aria-hidden="true">*</span>`
          : html`<span class="hint">${form.t('optional')}</span>`}</label>
      ${control}
      <div class="about" id="${field}-about">
        ${error ? html`<span class="error">${error}</span>`
          : shape.hint ? html`<span class="hint">${shape.hint}</span>` : nothing}
        ${shape.counted ? counter(form, field) : nothing}
      </div>
    </div>`
}

function counter({ answers, maxText, locale }: InquiryForm, field: Field): TemplateResult {
  const count = characters(answers[field])
  return html`<span class="counter ${count > maxText ? 'over' : ''}">${count.toLocaleString(locale)} / ${
    maxText.toLocaleString(locale)}</span>`
}
