/** services/dns 的错误。 */
export const dns = {};
