/** English texts of the web interface. A value is a sentence, or a function where a number or a name goes in. */
export const web = {
  appName: 'Holdfast',
};
