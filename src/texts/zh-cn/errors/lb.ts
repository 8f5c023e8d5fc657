/** services/lb 的错误。 */
export const lb = {};
