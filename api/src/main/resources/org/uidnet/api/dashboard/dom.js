/**
 * Elements are made here and nowhere else. Text becomes text nodes: nothing ever reads HTML, so
 * names of users and interfaces are harmless whatever they hold.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element; attributes that begin with `on` are listeners, `false` leaves one out. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(element, name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

function setAttribute(element, name, value) {
  if (name.startsWith('on')) {
    element.addEventListener(name.slice(2), value);
  } else if (value !== false && value !== undefined) {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/** Puts a style that depends on data; the policy of the page forbids the attribute. */
export function styled(element, property, value) {
  element.style.setProperty(property, value);
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Replaces what an element has; the control in the place of the one with the focus gets it. */
export function refill(element, ...children) {
  const controls = () => [...element.querySelectorAll('button, a')];
  const focused = controls().indexOf(document.activeElement);
  element.replaceChildren(...children);
  controls()[focused]?.focus();
}

/** Writes text only where it differs, so that readers of the screen are told of changes only. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Radio buttons that look like one control. */
export function fillChoice(fieldset, name, options, chosen, onChoose) {
  const choices = options.map(({ value, label, title }) =>
    el(
      'label',
      { title },
      el('input', {
        type: 'radio',
        name,
        value,
        checked: value === chosen,
        onchange: () => onChoose(value),
      }),
      el('span', {}, label),
    ),
  );
  fieldset.replaceChildren(...fieldset.querySelectorAll('legend'), ...choices);
}
