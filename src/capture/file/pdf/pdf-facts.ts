/** What a PDF says of itself; empty where it says nothing. */
export interface PdfFacts {
  readonly title: string;
  readonly author: string;
  /** BCP 47. */
  readonly language: string;
  /** RFC 3339, a day where it says no more. */
  readonly publishedAt: string;
}

/** A message of the thread that reads a PDF: what it says of itself, then the text of each page in order. */
export type PdfMessage = { readonly facts: PdfFacts } | { readonly page: string };

export const noFacts: PdfFacts = { title: '', author: '', language: '', publishedAt: '' };
