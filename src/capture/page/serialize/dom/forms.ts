import { emitAttributes } from './attributes.ts';
import { pushInside } from './elements.ts';
import { emit, emitAttribute, emitRefAttribute, escapeText } from './emit.ts';
import type { Work } from './types.ts';

/** Writes a form field with the state that a person saw; what was typed as a password or lies hidden is left out. */
export function emitField(
  work: Work,
  field: HTMLInputElement | HTMLTextAreaElement | HTMLOptionElement,
): void {
  emit(work, `<${field.localName}`);
  if (field instanceof HTMLTextAreaElement) {
    emitAttributes(work, field, []);
    emit(work, `>\n${escapeText(field.value)}</textarea>`);
    return;
  }
  if (field instanceof HTMLOptionElement) {
    emitAttributes(work, field, ['selected']);
    if (field.selected) emit(work, ' selected');
    emit(work, '>');
    pushInside(work, field, '</option>');
    return;
  }
  emitAttributes(work, field, ['value', 'checked', 'src']);
  if (field.checked) emit(work, ' checked');
  if (field.type === 'image' && field.src) emitRefAttribute(work, 'src', ['img', field.src]);
  const secret = field.type === 'password' || field.type === 'hidden' || field.type === 'file';
  if (!secret && (field.value !== '' || field.hasAttribute('value')))
    emitAttribute(work, 'value', field.value);
  emit(work, '>');
}
