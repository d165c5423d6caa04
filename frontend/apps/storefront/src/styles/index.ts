import { unsafeCSS } from 'lit'
import base from './base.css?inline'
import controls from './controls.css?inline'
import form from './form.css?inline'

// Adopted as constructed style sheets: they hold under a storefront's strict style-src.
export const baseStyles = [base, controls].map(unsafeCSS)
export const fieldStyles = unsafeCSS(form)
export const formStyles = [...baseStyles, fieldStyles]
