/** cluster/media 的错误。 */
export const media = {};
