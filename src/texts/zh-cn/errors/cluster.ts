/** cluster/steps 的错误。 */
export const cluster = {};
