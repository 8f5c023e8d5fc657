/**
 * States of an element that no attribute tells and that a replay cannot have: the style sheets of a snapshot ask for
 * `[data-holdfast-state~=…]` in their place.
 */
export function statesOf(element: Element): string[] {
  const states = (element.getAttribute('data-holdfast-state') ?? '').split(/\s+/).filter(Boolean);
  if (element instanceof HTMLInputElement && element.indeterminate) states.push('indeterminate');
  if (element.hasAttribute('popover') && element.matches(':popover-open')) states.push('popover-open');
  if (element instanceof HTMLDialogElement && element.matches(':modal')) states.push('modal');
  return states;
}
