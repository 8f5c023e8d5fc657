/** services/files 的错误。 */
export const files = {};
