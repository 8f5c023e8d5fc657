/** English texts of the command line. */
export const cli = {
  usage: 'Keeps what is behind a link',
};
