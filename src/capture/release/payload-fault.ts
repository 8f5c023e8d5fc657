/** Something in a release's payload that is not as it has to be; the text names it. */
export class PayloadFault extends Error {}
