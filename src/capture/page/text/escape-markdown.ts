/** Plain text as Markdown that shows as the same text. */
export function escapeMarkdown(text: string): string {
  const special = text.replace(/[\\`*_[\]#|~]/g, '\\$&').replace(/^(\s*)([-+>]|\d+\.)(?=\s)/gm, '$1\\$2');
  return escapeMarkup(special);
}

/** What would begin a tag or an entity in Markdown stands for itself. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('<', '\\<').replace(/&(?=#?\w{1,31};)/g, '\\&');
}
