/** A message of the customer by its number, or that the customer is asked in the storefront. */
export type Proof = number | 'ask';

/** As the API wants it: nothing where the customer is asked. */
export function proofBody(proof: Proof | undefined): { proof?: number } {
  return typeof proof === 'number' ? { proof } : {};
}
