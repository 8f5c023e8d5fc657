import * as attributes from './dom/attributes.ts';
import * as clobbering from './dom/clobbering.ts';
import * as elements from './dom/elements.ts';
import * as emitting from './dom/emit.ts';
import * as forms from './dom/forms.ts';
import * as inert from './dom/inert.ts';
import * as pictures from './dom/pictures.ts';
import * as documents from './dom/serialize-document.ts';
import * as sprites from './dom/sprites.ts';
import * as states from './dom/states.ts';
import * as styles from './dom/styles.ts';
import * as texts from './dom/visible-text.ts';

/**
 * The serializer as one script: the functions of `dom/` by their names. They run in the page, so they may use nothing
 * but each other, what they are given, and the DOM.
 */
export const serializerSource: string = [
  attributes,
  clobbering,
  documents,
  elements,
  emitting,
  forms,
  inert,
  pictures,
  sprites,
  states,
  styles,
  texts,
]
  .flatMap((module) => Object.values(module))
  .map(String)
  .join('\n');
